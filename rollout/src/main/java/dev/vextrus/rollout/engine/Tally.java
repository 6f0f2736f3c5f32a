package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrackWindow.LatencyBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One track's counts over some time.
 *
 * @param latency counts per bucket, ascending by bound
 */
public record Tally(long requests, long faults, long slow, List<LatencyBucket> latency) {
    public static final Tally NONE = new Tally(0, 0, 0, List.of());

    public Tally {
        latency = List.copyOf(latency);
    }

    public Tally plus(TrackWindow window) {
        return new Tally(
                requests + window.keys(),
                faults + window.faults(),
                slow + window.slow(),
                merged(latency, window.latency()));
    }

    public Tally plus(Tally other) {
        return new Tally(
                requests + other.requests, faults + other.faults, slow + other.slow, merged(latency, other.latency));
    }

    public double errorRate() {
        return requests == 0 ? 0 : (double) faults / requests;
    }

    public long timed() {
        return latency.stream().mapToLong(LatencyBucket::count).sum();
    }

    /** Upper bound of the bucket that holds the 95th percentile, in milliseconds; 0 without requests. */
    public double p95Millis() {
        long wanted = (long) Math.ceil(timed() * 0.95);
        long seen = 0;
        for (LatencyBucket bucket : latency) {
            seen += bucket.count();
            if (seen >= wanted) {
                return bucket.upToMillis();
            }
        }
        return 0;
    }

    /** Requests in buckets that reach past {@code millis}. */
    public long slowerThan(double millis) {
        return latency.stream()
                .filter(b -> b.upToMillis() > millis)
                .mapToLong(LatencyBucket::count)
                .sum();
    }

    private static List<LatencyBucket> merged(List<LatencyBucket> one, List<LatencyBucket> other) {
        TreeMap<Double, Long> counts = new TreeMap<>();
        one.forEach(b -> counts.merge(b.upToMillis(), b.count(), Long::sum));
        other.forEach(b -> counts.merge(b.upToMillis(), b.count(), Long::sum));
        List<LatencyBucket> merged = new ArrayList<>(counts.size());
        counts.forEach((bound, count) -> merged.add(new LatencyBucket(bound, count)));
        return merged;
    }
}
