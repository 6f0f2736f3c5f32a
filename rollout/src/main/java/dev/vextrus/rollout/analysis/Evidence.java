package dev.vextrus.rollout.analysis;

import java.util.Map;

/**
 * All that the analysis remembers of a rollout; {@link Analysis} makes it and reads it. Plain records of bounded size, so
 * that it can be journalled at each decision and taken up again after a restart.
 *
 * @param startSecond   when the first canary request could come, in seconds since 1970-01-01T00:00Z
 * @param throughSecond the last second that was taken in; samples up to it are not counted again
 * @param metrics       evidence of all tenants together
 * @param tenants       evidence of single tenants of the canary that had a fault, at most as many as the settings say
 * @param canaryTenants how many tenants the cohort has
 * @param share         what the last comparison was based on
 * @param outage        whether the stable release itself looks ill
 * @param tally         whether requests go where they should
 */
public record Evidence(
        long startSecond,
        long throughSecond,
        Map<Metric, MetricEvidence> metrics,
        Map<String, TenantEvidence> tenants,
        int canaryTenants,
        ShareUsed share,
        OutageWatch outage,
        SplitTally tally) {

    public Evidence {
        metrics = Map.copyOf(metrics);
        tenants = Map.copyOf(tenants);
    }

    /** Whether requests go where the split sends them. */
    public SampleRatio sampleRatio() {
        return tally.judge();
    }

    Evidence counting(SplitTally newest) {
        return new Evidence(startSecond, throughSecond, metrics, tenants, canaryTenants, share, outage, newest);
    }

    /** A second in which nothing was answered. */
    Evidence through(long second) {
        return new Evidence(startSecond, second, metrics, tenants, canaryTenants, share, outage, tally);
    }

    /** The same evidence, with where requests go counted anew from {@code second} on. */
    public Evidence countingRoutesFrom(long second) {
        return new Evidence(
                startSecond, throughSecond, metrics, tenants, canaryTenants, share, outage, tally.restarted(second));
    }

    /**
     * One metric of all tenants together.
     *
     * @param harm             the test against "no worse than r0 times"
     * @param tolerance        the test against "at least the tolerated ratio"
     * @param boundedRequests  canary requests that the bound of the rate may count on: without windows at the cap
     * @param expectedCanary   canary faults were it like stable, summed over windows
     * @param excess           the newest stretch in which the canary had more than is tolerated
     */
    public record MetricEvidence(
            RatioEvidence harm,
            RatioEvidence tolerance,
            long canaryRequests,
            long canaryCount,
            long boundedRequests,
            long stableRequests,
            long stableCount,
            double expectedCanary,
            Excess excess) {

        MetricEvidence with(RatioEvidence newHarm, RatioEvidence newTolerance) {
            return new MetricEvidence(
                    newHarm,
                    newTolerance,
                    canaryRequests,
                    canaryCount,
                    boundedRequests,
                    stableRequests,
                    stableCount,
                    expectedCanary,
                    excess);
        }
    }

    /** One tenant's tests. */
    public record TenantEvidence(Map<Metric, RatioEvidence> harm) {
        public TenantEvidence {
            harm = Map.copyOf(harm);
        }
    }

    /** The share that was used last, and where it came from. */
    public record ShareUsed(double value, ShareSource source) {}
}
