package dev.vextrus.proxy.forward;

import dev.vextrus.proxy.routing.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Picks an upstream of a colour: the one with the fewest requests in flight from this event loop, in turn among equals. */
final class UpstreamChoice {
    private static final long AVOID_NANOS = 1_000_000_000L;

    private final Map<Upstream, Integer> inFlight = new HashMap<>();
    private final Map<Upstream, Long> refusedAtNanos = new HashMap<>();
    private final UpstreamLoad load;
    private int turn;

    UpstreamChoice(UpstreamLoad load) {
        this.load = load;
    }

    /** @return null where no upstream is left but the excepted one */
    @Nullable
    Upstream pick(List<Upstream> upstreams, @Nullable Upstream except, long nowNanos) {
        Upstream best = null;
        long bestCost = Long.MAX_VALUE;
        turn++;
        for (int i = 0; i < upstreams.size(); i++) {
            Upstream candidate = upstreams.get(Math.floorMod(turn + i, upstreams.size()));
            if (candidate.equals(except)) {
                continue;
            }
            Long refused = refusedAtNanos.get(candidate);
            boolean avoided = refused != null && nowNanos - refused < AVOID_NANOS;
            long cost = inFlight.getOrDefault(candidate, 0) + (avoided ? 1L << 32 : 0);
            if (cost < bestCost) {
                best = candidate;
                bestCost = cost;
            }
        }
        return best;
    }

    void began(Upstream upstream) {
        inFlight.merge(upstream, 1, Integer::sum);
        load.began(upstream);
    }

    void ended(Upstream upstream) {
        inFlight.computeIfPresent(upstream, (any, count) -> count == 1 ? null : count - 1);
        load.ended(upstream);
    }

    void refused(Upstream upstream, long nowNanos) {
        refusedAtNanos.values().removeIf(at -> nowNanos - at > AVOID_NANOS);
        refusedAtNanos.put(upstream, nowNanos);
    }
}
