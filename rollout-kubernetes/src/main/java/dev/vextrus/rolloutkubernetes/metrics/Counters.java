package dev.vextrus.rolloutkubernetes.metrics;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One process's counters at one moment, or what they grew by between two.
 *
 * @param requests answered
 * @param faults of them that the release took the blame for
 * @param clientErrors of them that it blamed the caller for
 * @param upTo requests that took at most so many milliseconds, cumulative; infinity is the last bound
 */
record Counters(long requests, long faults, long clientErrors, NavigableMap<Double, Long> upTo) {
    static final Counters NONE = new Counters(0, 0, 0, new TreeMap<>());

    Counters {
        upTo = new TreeMap<>(upTo);
    }

    /** What was counted since {@code before}; a counter that fell was started anew, at zero. */
    Counters since(Counters before) {
        if (requests < before.requests || faults < before.faults || clientErrors < before.clientErrors) {
            return this;
        }
        NavigableMap<Double, Long> grown = new TreeMap<>();
        upTo.forEach((bound, count) -> grown.put(bound, Math.max(0, count - before.upTo.getOrDefault(bound, 0L))));
        return new Counters(
                requests - before.requests, faults - before.faults, clientErrors - before.clientErrors, grown);
    }

    Counters plus(Counters other) {
        NavigableMap<Double, Long> sum = new TreeMap<>(upTo);
        other.upTo.forEach((bound, count) -> sum.merge(bound, count, Long::sum));
        return new Counters(requests + other.requests, faults + other.faults, clientErrors + other.clientErrors, sum);
    }

    /** Requests that took longer than the objective, or than the next bound above it that was counted. */
    long slowerThan(int millis) {
        Map.Entry<Double, Long> within = upTo.ceilingEntry((double) millis);
        return within == null ? 0 : Math.clamp(requests - within.getValue(), 0, requests);
    }

    /** Counts between the bounds, ascending. */
    NavigableMap<Double, Long> buckets() {
        NavigableMap<Double, Long> buckets = new TreeMap<>();
        long below = 0;
        for (Map.Entry<Double, Long> bound : upTo.entrySet()) {
            buckets.put(bound.getKey(), Math.max(0, bound.getValue() - below));
            below = Math.max(below, bound.getValue());
        }
        return buckets;
    }

    /** Upper bound in milliseconds under which 95 of 100 requests stayed; 0 without requests. */
    double percentile95() {
        long all = upTo.isEmpty() ? 0 : upTo.lastEntry().getValue();
        for (Map.Entry<Double, Long> bound : upTo.entrySet()) {
            if (all > 0 && bound.getValue() * 100 >= all * 95) {
                return bound.getKey();
            }
        }
        return 0;
    }
}
