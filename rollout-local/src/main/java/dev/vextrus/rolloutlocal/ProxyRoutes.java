package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.port.StaleEpoch;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rollout.proxyapi.ProxyControl;
import dev.vextrus.rollout.proxyapi.ProxyRouting;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the proxy was told to follow, and what it says that it follows. Used under the lock of the target. */
final class ProxyRoutes {
    private static final String ROUTING = "/control/v1/routing";

    private final ProxyControl proxy;
    private final String credential;
    private @Nullable Routing told;
    private Map<Color, ProxyRouting.Served> at = Map.of();
    private Map<Integer, Integer> inFlight = Map.of();

    /** @param credential with which a request may choose its colour */
    ProxyRoutes(ProxyControl proxy, String credential) {
        this.proxy = proxy;
        this.credential = credential;
    }

    /**
     * What the proxy follows; null before the first routing.
     *
     * @throws TargetUnavailable where it does not answer
     */
    @Nullable
    JsonNode ask() {
        try {
            ProxyControl.Reply reply = proxy.get(ROUTING);
            if (reply.status() == 404) {
                return null;
            }
            if (reply.status() != 200) {
                throw new TargetUnavailable("the proxy answered " + reply.status() + " to " + ROUTING, null);
            }
            return reply.json();
        } catch (IOException silence) {
            throw new TargetUnavailable("the proxy does not answer", silence);
        }
    }

    /** Whether customers' requests go to the colour now, by what the proxy says. */
    boolean sendsTo(Color color) {
        JsonNode followed = ask();
        if (followed == null) {
            return false;
        }
        Routing inForce = ProxyRouting.read(followed);
        return color == inForce.stable() || (color == inForce.canary() && inForce.weight() > 0);
    }

    /**
     * Orders a routing, and asks whether it is followed.
     *
     * @throws StaleEpoch where another controller ordered since
     * @throws TargetUnavailable where the proxy does not answer, or does not follow
     */
    void put(Routing next, Map<Color, ProxyRouting.Served> served) {
        order(next, served);
        JsonNode followed = ask();
        if (followed == null || !ProxyRouting.read(followed).sameEffect(next)) {
            throw new TargetUnavailable("the proxy does not follow the routing that it took", null);
        }
    }

    private void order(Routing next, Map<Color, ProxyRouting.Served> served) {
        if (!served.containsKey(next.stable())) {
            throw new TargetUnavailable(
                    "stable: no instance of " + next.stable().label() + " was deployed", null);
        }
        try {
            ProxyControl.Reply reply = proxy.put(ROUTING, ProxyRouting.write(next, served, credential));
            if (reply.status() == 409) {
                JsonNode standing = ask();
                throw new StaleEpoch(
                        next.epoch(),
                        standing == null ? -1 : standing.path("epoch").asLong());
            }
            if (reply.status() != 200) {
                throw new TargetUnavailable(
                        "the proxy refused the routing: "
                                + reply.json().path("error").path("message").asString(""),
                        null);
            }
        } catch (IOException silence) {
            throw new TargetUnavailable("the proxy does not answer", silence);
        }
        told = next;
        at = served;
    }

    /**
     * Tells the proxy where instances came, went or were not ready any more; the routing itself stays.
     *
     * @param serving the addresses of each colour under a routing
     * @param withInFlight whether to ask how many requests each instance has open
     */
    void refresh(Function<Routing, Map<Color, ProxyRouting.Served>> serving, boolean withInFlight) {
        try {
            Routing standing = told;
            if (standing == null || withInFlight) {
                JsonNode followed = ask();
                standing = followed == null ? null : ProxyRouting.read(followed);
                told = standing;
                inFlight = followed == null ? Map.of() : upstreamsInFlight(followed);
            }
            if (standing != null) {
                Map<Color, ProxyRouting.Served> now = serving.apply(standing);
                if (now.containsKey(standing.stable()) && !now.equals(at)) {
                    order(standing, now);
                }
            }
        } catch (TargetUnavailable | StaleEpoch laterAgain) {
            told = null; // asked anew at the next tick
        }
    }

    /** Requests that the proxy had open at an instance when it was asked last. */
    int inFlight(int port) {
        return inFlight.getOrDefault(port, 0);
    }

    private static Map<Integer, Integer> upstreamsInFlight(JsonNode followed) {
        Map<Integer, Integer> counts = new HashMap<>();
        followed.path("upstreamsInFlight").properties().forEach(entry -> {
            String address = entry.getKey();
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            counts.put(port, entry.getValue().asInt());
        });
        return counts;
    }
}
