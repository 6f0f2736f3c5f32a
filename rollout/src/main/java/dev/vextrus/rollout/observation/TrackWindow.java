package dev.vextrus.rollout.observation;

import java.util.List;

/**
 * One colour's traffic in one closed second, over all tenants, probes left out.
 *
 * @param second seconds since 1970
 * @param keys distinct requests, retries counted once
 * @param faults distinct requests that failed
 * @param slow distinct requests over the release's slow objective
 * @param latency counts per bucket, ascending
 */
public record TrackWindow(long second, Color color, long keys, long faults, long slow, List<LatencyBucket> latency) {

    /** @param upToMillis inclusive upper bound of the bucket */
    public record LatencyBucket(double upToMillis, long count) {}

    public TrackWindow {
        latency = List.copyOf(latency);
    }
}
