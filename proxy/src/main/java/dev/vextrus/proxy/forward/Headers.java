package dev.vextrus.proxy.forward;

import dev.vextrus.proxy.routing.CanaryHeader;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which headers travel on, by RFC 9110 section 7.6.1. */
final class Headers {
    private static final String[] HOP_BY_HOP = {
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization",
        "te", "trailer", "transfer-encoding", "upgrade", "expect"
    };
    private static final String[] FORWARDED = {
        "forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip"
    };

    private Headers() {}

    /** Copies what goes to the upstream; the canary's credential stays here. */
    static void toUpstream(
            HttpServerRequest request,
            MultiMap to,
            boolean probe,
            @Nullable CanaryHeader canaryHeader,
            boolean trustForwarded) {
        String connection = request.headers().get("connection");
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey();
            boolean stays = isOneOf(name, HOP_BY_HOP)
                    || named(connection, name)
                    || (!trustForwarded && isOneOf(name, FORWARDED))
                    || isCanary(name, canaryHeader)
                    || (name.equalsIgnoreCase(SessionCookie.HEADER) && SessionCookie.isOnly(header.getValue()));
            if (!stays) {
                to.add(name, header.getValue());
            }
        }
        if (probe && canaryHeader != null) {
            to.set(canaryHeader.name(), "true");
        }
        forwarded(request, to);
    }

    private static boolean isCanary(String name, @Nullable CanaryHeader header) {
        return header != null
                && (name.equalsIgnoreCase(header.name()) || name.equalsIgnoreCase(header.credentialHeader()));
    }

    private static void forwarded(HttpServerRequest request, MultiMap to) {
        String address = request.remoteAddress().hostAddress();
        String before = to.get("x-forwarded-for");
        to.set("x-forwarded-for", before == null ? address : before + ", " + address);
        if (!to.contains("x-forwarded-proto")) {
            to.set("x-forwarded-proto", request.isSSL() ? "https" : "http");
        }
        String host = request.getHeader("host");
        if (host != null && !to.contains("x-forwarded-host")) {
            to.set("x-forwarded-host", host);
        }
    }

    /** Copies what goes back to the client. */
    static void toClient(MultiMap from, MultiMap to) {
        String connection = from.get("connection");
        for (Map.Entry<String, String> header : from) {
            if (!isOneOf(header.getKey(), HOP_BY_HOP) && !named(connection, header.getKey())) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }

    private static boolean named(@Nullable String connection, String name) {
        if (connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return false;
        }
        for (String token : connection.split(",", -1)) {
            if (token.strip().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOneOf(String name, String[] names) {
        for (String candidate : names) {
            if (candidate.length() == name.length() && candidate.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
