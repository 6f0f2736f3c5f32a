package dev.vextrus.proxy.routing;

/**
 * One address that serves a colour.
 *
 * @param port 1 to 65535
 */
public record Upstream(String host, int port) {
    public Upstream {
        if (host.isBlank()) {
            throw new InvalidRouting("upstreams", "an upstream is host:port; its host is empty");
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidRouting("upstreams", "the port of " + host + ":" + port + " is not in 1 to 65535");
        }
    }

    /**
     * Reads {@code host:port}, an IPv6 host in brackets.
     *
     * @throws InvalidRouting where the text is something else
     */
    public static Upstream parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new InvalidRouting("upstreams", "'" + text + "' is not host:port, for example 127.0.0.1:4001");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new Upstream(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException notANumber) {
            throw new InvalidRouting("upstreams", "the port of '" + text + "' is not a number");
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
