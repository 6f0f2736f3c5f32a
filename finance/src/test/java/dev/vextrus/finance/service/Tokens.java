package dev.vextrus.finance.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Makes tokens by hand, so that tests can make wrong ones as well. */
final class Tokens {
    static final String SECRET = "a-test-key-that-is-long-enough-for-hs256-0123456789";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long HOUR_SECONDS = 3_600;

    private Tokens() {}

    static String of(String tenant, String subject, String... roles) {
        return signed(claims(tenant, subject, roles), SECRET);
    }

    static Map<String, Object> claims(String tenant, String subject, String... roles) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", subject);
        claims.put("tenant", tenant);
        claims.put("roles", List.of(roles));
        claims.put("iss", "vextrus-local");
        claims.put("aud", "vextrus-finance");
        claims.put("exp", nowSeconds() + HOUR_SECONDS);
        return claims;
    }

    static long nowSeconds() {
        return System.currentTimeMillis() / 1_000;
    }

    static String signed(Map<String, Object> claims, String secret) {
        return signed(Map.of("alg", "HS256", "typ", "JWT"), claims, secret);
    }

    static String signed(Map<String, Object> header, Map<String, Object> claims, String secret) {
        String content = encoded(header) + "." + encoded(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A token that claims to need no signature. */
    static String unsigned(Map<String, Object> claims) {
        return encoded(Map.of("alg", "none")) + "." + encoded(claims) + ".";
    }

    private static String encoded(Map<String, Object> part) {
        return BASE64.encodeToString(JSON.writeValueAsBytes(part));
    }
}
