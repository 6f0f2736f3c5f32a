package dev.vextrus.rollout.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One colour's traffic since the router started, probes left out.
 *
 * @param failed requests that ended in a fault
 * @param first time of the first request; null if there was none
 * @param last time at which the last request began; null if there was none
 * @param dropped connections that ended without an answer
 */
public record TrackTotals(
        long requests,
        long failed,
        double p95Millis,
        @Nullable Instant first,
        @Nullable Instant last,
        long dropped) {

    public static final TrackTotals NONE = new TrackTotals(0, 0, 0, null, null, 0);
}
