package dev.vextrus.proxy.forward;

import org.jspecify.annotations.Nullable;

/**
 * The cookie that keeps a session's draw. It holds the draw and not a colour, so the session's place in the weight stays
 * what it was however often the colours change.
 */
final class SessionCookie {
    static final String HEADER = "cookie";
    private static final String NAME = "vextrus-draw";
    private static final int DIGITS = 6;
    private static final double SCALE = 1_000_000;

    private SessionCookie() {}

    /** The draw in the request's cookies, or null where there is none that we could have set. */
    static @Nullable Double read(@Nullable String cookies) {
        if (cookies == null) {
            return null;
        }
        for (String cookie : cookies.split(";", -1)) {
            String pair = cookie.strip();
            if (pair.length() == NAME.length() + 1 + DIGITS && pair.startsWith(NAME + "=")) {
                try {
                    return Integer.parseUnsignedInt(pair.substring(NAME.length() + 1)) / SCALE;
                } catch (NumberFormatException notOurs) {
                    return null;
                }
            }
        }
        return null;
    }

    /** A draw as it comes back from the cookie: six digits of it. */
    static double rounded(double draw) {
        return Math.floor(draw * SCALE) / SCALE;
    }

    static String write(double draw) {
        String digits = Integer.toString((int) Math.round(draw * SCALE));
        return NAME + "=" + "0".repeat(DIGITS - digits.length()) + digits + "; Path=/; HttpOnly; SameSite=Lax";
    }

    /** Whether the header carries nothing but our cookie, which no upstream needs. */
    static boolean isOnly(String cookies) {
        return cookies.startsWith(NAME + "=") && cookies.indexOf(';') < 0;
    }
}
