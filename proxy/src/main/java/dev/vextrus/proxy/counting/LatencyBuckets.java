package dev.vextrus.proxy.counting;

import java.util.ArrayList;
import java.util.List;

/**
 * Fixed latency buckets: each millisecond to 8 ms, then four to an octave up to 65 s, so that any quantile is known within
 * a quarter, and counts of different windows add up exactly.
 */
public final class LatencyBuckets {
    private static final int LINEAR = 8;
    private static final int PER_OCTAVE = 4;
    private static final int OCTAVES = 13;
    private static final long STEP = LINEAR / PER_OCTAVE;

    /** The number of buckets; the last one is open above. */
    public static final int COUNT = LINEAR + OCTAVES * PER_OCTAVE + 1;

    private LatencyBuckets() {}

    /**
     * The bucket of a latency: the first whose upper bound is not below it.
     *
     * @param micros 0 or above
     */
    public static int indexOf(long micros) {
        long millis = (micros + 999) / 1_000;
        if (millis <= LINEAR) {
            return (int) Math.max(0, millis - 1);
        }
        int octave = 63 - Long.numberOfLeadingZeros(millis - 1) - 3;
        if (octave >= OCTAVES) {
            return COUNT - 1;
        }
        long step = STEP << octave;
        long low = (long) LINEAR << octave;
        return LINEAR + octave * PER_OCTAVE + (int) ((millis - 1 - low) / step);
    }

    /** The bucket's upper bound in milliseconds; the last bucket's is {@link Long#MAX_VALUE}. */
    public static long upperMillis(int index) {
        if (index < LINEAR) {
            return index + 1L;
        }
        if (index >= COUNT - 1) {
            return Long.MAX_VALUE;
        }
        int octave = (index - LINEAR) / PER_OCTAVE;
        int part = (index - LINEAR) % PER_OCTAVE;
        long low = (long) LINEAR << octave;
        return low + (part + 1) * (STEP << octave);
    }

    /** Pairs of upper bound (milliseconds; -1 for the open bucket) and count, of the buckets that hold something. */
    public static List<List<Long>> sparse(long[] counts) {
        List<List<Long>> pairs = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                pairs.add(List.of(i == COUNT - 1 ? -1 : upperMillis(i), counts[i]));
            }
        }
        return List.copyOf(pairs);
    }
}
