package dev.vextrus.benchmarks.eventstore;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What was done in a stretch of time.
 *
 * @param latency of each command in microseconds, from sending it to its outcome; empty for the raw writer
 */
record Slice(long commands, long batches, long nanos, Histogram latency) {

    static Slice none() {
        return new Slice(0, 0, 0, new Histogram(3));
    }

    Slice plus(Slice other) {
        Histogram both = latency.copy();
        both.add(other.latency);
        return new Slice(commands + other.commands, batches + other.batches, nanos + other.nanos, both);
    }

    double perSecond() {
        return nanos == 0 ? 0 : commands * 1e9 / nanos;
    }

    int batchSize() {
        return batches == 0 ? 1 : (int) Math.max(1, Math.round((double) commands / batches));
    }

    double millisAt(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }

    String line() {
        String rate = String.format(Locale.ROOT, "%,.0f/s in batches of %d", perSecond(), batchSize());
        return latency.getTotalCount() == 0
                ? rate
                : rate + String.format(Locale.ROOT, " (P50 %.1f ms, P99 %.1f ms)", millisAt(50), millisAt(99));
    }
}
