package dev.vextrus.proxy.routing;

import java.util.List;

/**
 * A colour and the addresses that serve it.
 *
 * @param version the release behind it; the same colour with another version counts from nothing
 * @param upstreams may be empty only for a colour that gets no traffic
 */
public record ColorRoute(String name, String version, List<Upstream> upstreams) {
    public ColorRoute {
        if (name.isBlank() || name.length() > 40) {
            throw new InvalidRouting("colors", "a colour's name has 1 to 40 characters; '" + name + "' has not");
        }
        if (version.isBlank() || version.length() > 100) {
            throw new InvalidRouting("colors." + name + ".version", "a version has 1 to 100 characters");
        }
        upstreams = List.copyOf(upstreams);
    }
}
