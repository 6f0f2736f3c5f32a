package dev.vextrus.proxy.forward;

import dev.vextrus.proxy.routing.Upstream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Requests in flight per upstream, over all event loops: whoever ends an instance waits for its own to end. */
public final class UpstreamLoad {
    private final ConcurrentHashMap<Upstream, Integer> inFlight = new ConcurrentHashMap<>();

    void began(Upstream upstream) {
        inFlight.merge(upstream, 1, Integer::sum);
    }

    void ended(Upstream upstream) {
        inFlight.computeIfPresent(upstream, (any, count) -> count == 1 ? null : count - 1);
    }

    /** By address; an upstream without requests is absent. */
    public Map<String, Integer> byAddress() {
        Map<String, Integer> byAddress = new TreeMap<>();
        inFlight.forEach((upstream, count) -> byAddress.put(upstream.toString(), count));
        return byAddress;
    }
}
