package dev.vextrus.rollout.analysis;

/**
 * Whether the stable release has more faults than its tenants' history explains. While it does, faults may follow requests
 * rather than histories. Looks at each window and at the last ten to twenty seconds.
 *
 * @param bucketSecond  start of the present bucket
 * @param count         stable's faults in it and in the one before
 * @param expected      as many as history explains
 * @param lastCount     the part of {@code count} that belongs to the present bucket
 * @param lastExpected  the part of {@code expected} that belongs to the present bucket
 * @param untilSecond   windows that start before this are taken for an outage
 */
public record OutageWatch(
        long bucketSecond, long count, double expected, long lastCount, double lastExpected, long untilSecond) {
    private static final long BUCKET_SECONDS = 10;

    static OutageWatch quiet() {
        return new OutageWatch(Long.MIN_VALUE, 0, 0, 0, 0, Long.MIN_VALUE);
    }

    OutageWatch observe(long second, long seconds, long stableCount, double stableExpected, double surprise) {
        boolean sameBucket = second < bucketSecond + BUCKET_SECONDS && bucketSecond != Long.MIN_VALUE;
        boolean nextBucket =
                !sameBucket && second < bucketSecond + 2 * BUCKET_SECONDS && bucketSecond != Long.MIN_VALUE;
        long bucket = sameBucket ? bucketSecond : second;
        long keptCount = sameBucket ? count : nextBucket ? lastCount : 0;
        double keptExpected = sameBucket ? expected : nextBucket ? lastExpected : 0;
        long newCount = keptCount + stableCount;
        double newExpected = keptExpected + stableExpected;
        boolean surprised = stableCount > 0
                && (Numerics.poissonAtLeast(stableCount, stableExpected) < surprise
                        || Numerics.poissonAtLeast(newCount, newExpected) < surprise);
        return new OutageWatch(
                bucket,
                newCount,
                newExpected,
                (sameBucket ? lastCount : 0) + stableCount,
                (sameBucket ? lastExpected : 0) + stableExpected,
                surprised ? Math.max(untilSecond, second + seconds + BUCKET_SECONDS) : untilSecond);
    }

    boolean covers(long second) {
        return second < untilSecond;
    }
}
