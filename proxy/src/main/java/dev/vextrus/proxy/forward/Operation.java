package dev.vextrus.proxy.forward;

import io.vertx.core.http.HttpServerRequest;

/** The short name by which requests are told apart in the counts. */
final class Operation {
    private static final int MAX_CHARS = 64;

    private Operation() {}

    /** The header X-Operation where it is a plain name, otherwise method and first segment of the path. */
    static String of(HttpServerRequest request) {
        String named = request.getHeader("X-Operation");
        if (named != null && isPlain(named)) {
            return named;
        }
        String path = request.path();
        if (path == null || path.length() < 2) {
            return request.method().name() + " /";
        }
        int slash = path.indexOf('/', 1);
        String segment = path.substring(1, slash < 0 ? path.length() : slash);
        // Numbers and long segments are ids rather than names; each would be an operation of its own.
        boolean id =
                !isPlain(segment) || (segment.length() > 3 && segment.chars().anyMatch(Character::isDigit));
        return request.method().name() + (id ? " /*" : " /" + segment);
    }

    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > MAX_CHARS) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean plain = letter || (c >= '0' && c <= '9') || "_.:-/".indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
