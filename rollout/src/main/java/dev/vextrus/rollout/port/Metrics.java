package dev.vextrus.rollout.port;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrafficBatch;
import java.util.Map;

/** What is known of the traffic, counted outside the releases: a process that died cannot count its own failures. */
public interface Metrics {

    /**
     * Closed one-second windows after a cursor, in order, each exactly once.
     *
     * @param after 0 for the oldest kept, or {@link TrafficBatch#next} of the batch before
     * @throws MetricsUnavailable if the counts cannot be had now
     */
    TrafficBatch after(long after);

    /**
     * Totals since the counting began.
     *
     * @throws MetricsUnavailable if the counts cannot be had now
     */
    Map<Color, TrackTotals> totals();

    /**
     * Requests per tenant in the last day, or since the counting began where that is less.
     *
     * @throws MetricsUnavailable if the counts cannot be had now
     */
    Map<String, Long> requestsByTenant();
}
