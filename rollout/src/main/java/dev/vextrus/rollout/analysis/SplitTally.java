package dev.vextrus.rollout.analysis;

/**
 * Requests sent since the split was last changed, to compare with where they should have gone.
 *
 * @param splitHash   tells one split from the next
 * @param sinceSecond when the split was first seen
 * @param expected    canary requests that the split asks for
 */
public record SplitTally(
        int splitHash,
        boolean byTenant,
        double weight,
        long sinceSecond,
        long requests,
        double expected,
        long observed,
        long misrouted) {
    /** Requests in flight while the routing changes may still land where they went before. */
    private static final long SETTLING_SECONDS = 5;

    private static final long FEW = 5;
    private static final double TOLERATED_MISROUTING = 0.001;
    private static final double PRIOR_STRENGTH = 200;
    private static final double LOG_CERTAIN = Math.log(1000);

    static SplitTally none() {
        return new SplitTally(0, true, 0, Long.MIN_VALUE, 0, 0, 0, 0);
    }

    SplitTally of(TrafficSplit split, long second) {
        int hash = split.hashCode();
        return hash == splitHash && sinceSecond != Long.MIN_VALUE
                ? this
                : new SplitTally(hash, split.mode() == TrafficSplit.Mode.BY_TENANT, split.weight(), second, 0, 0, 0, 0);
    }

    /** The same split, counted anew from {@code second} on. */
    SplitTally restarted(long second) {
        return new SplitTally(splitHash, byTenant, weight, second, 0, 0, 0, 0);
    }

    /** Whether the split has been in force for {@code seconds}. */
    boolean settled(long second, long seconds) {
        return sinceSecond == Long.MIN_VALUE || second >= sinceSecond + seconds;
    }

    SplitTally add(long second, long canary, long stable, long canaryOfOthers, long stableOfCohort) {
        if (second < sinceSecond + SETTLING_SECONDS) {
            return this;
        }
        double asked = byTenant ? canary - canaryOfOthers + stableOfCohort : weight * (canary + stable);
        return new SplitTally(
                splitHash,
                byTenant,
                weight,
                sinceSecond,
                requests + canary + stable,
                expected + asked,
                observed + canary,
                misrouted + canaryOfOthers + stableOfCohort);
    }

    SampleRatio judge() {
        boolean mismatch = byTenant
                ? misrouted > Math.max(FEW, TOLERATED_MISROUTING * requests)
                : logEValueAgainstWeight() >= LOG_CERTAIN;
        return new SampleRatio(requests, expected, observed, misrouted, mismatch);
    }

    /** Beta-binomial mixture against a share of exactly {@code weight}: valid at any time (Lindon and Malek 2022). */
    private double logEValueAgainstWeight() {
        long others = requests - observed;
        if (weight <= 0 || weight >= 1) {
            return (weight <= 0 ? observed : others) > FEW ? Double.POSITIVE_INFINITY : 0;
        }
        double a = PRIOR_STRENGTH * weight;
        double b = PRIOR_STRENGTH - a;
        return logBeta(a + observed, b + others)
                - logBeta(a, b)
                - observed * Math.log(weight)
                - others * Math.log1p(-weight);
    }

    private static double logBeta(double a, double b) {
        return Numerics.logGamma(a) + Numerics.logGamma(b) - Numerics.logGamma(a + b);
    }
}
