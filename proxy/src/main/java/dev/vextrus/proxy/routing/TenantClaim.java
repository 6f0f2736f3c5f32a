package dev.vextrus.proxy.routing;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the claim {@code tenant} of a bearer token (RFC 7519) without verifying it: enough to route and to count by, and
 * nothing is granted by it. The service alone verifies.
 */
public final class TenantClaim {
    private static final int MAX_TOKEN_CHARS = 8_192;
    private static final int MAX_TENANT_CHARS = 100;
    private static final String BEARER = "Bearer ";
    private static final JsonFactory JSON = new JsonFactory();

    private TenantClaim() {}

    /** The tenant, or null where the header is missing, is no token, or names none. */
    public static @Nullable String of(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > MAX_TOKEN_CHARS
                || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        int first = authorization.indexOf('.', BEARER.length());
        int second = first < 0 ? -1 : authorization.indexOf('.', first + 1);
        if (second < 0) {
            return null;
        }
        try {
            return claim(Base64.getUrlDecoder().decode(authorization.substring(first + 1, second)));
        } catch (IllegalArgumentException | JacksonException notAToken) {
            return null;
        }
    }

    private static @Nullable String claim(byte[] json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean tenant = parser.currentName().equals("tenant");
                if (parser.nextToken() == JsonToken.VALUE_STRING && tenant) {
                    String value = parser.getString();
                    return value.isEmpty() || value.length() > MAX_TENANT_CHARS ? null : value;
                }
                parser.skipChildren();
            }
            return null;
        }
    }
}
