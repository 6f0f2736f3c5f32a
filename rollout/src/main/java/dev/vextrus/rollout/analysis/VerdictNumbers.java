package dev.vextrus.rollout.analysis;

import java.util.List;
import java.util.Map;

/**
 * The numbers behind a verdict, for the live view, the reason and the report.
 *
 * @param eValue       evidence in total against "no worse than r0 times": the mean over the metrics
 * @param threshold    the e-value at which the release is rolled back
 * @param metrics      one entry per metric
 * @param tenants      the tenants with most evidence against the canary, largest first, at most ten
 * @param share        the canary's expected share of faults that was used last, 0 to 1
 * @param shareSource  where that share came from
 * @param concurrent   whether canary and stable are compared at the same time; false when history stands in
 * @param sampleRatio  whether requests went where the split says
 */
public record VerdictNumbers(
        double eValue,
        double threshold,
        Map<Metric, MetricNumbers> metrics,
        List<TenantNumbers> tenants,
        double share,
        ShareSource shareSource,
        boolean concurrent,
        SampleRatio sampleRatio) {

    public VerdictNumbers {
        metrics = Map.copyOf(metrics);
        tenants = List.copyOf(tenants);
    }

    /**
     * One metric's part.
     *
     * @param eValue          evidence of this metric alone
     * @param canaryRequests  distinct keys of the canary since the rollout began
     * @param canaryCount     how many of them failed or were slow, grouped and capped
     * @param upperBound      what the canary's true rate lies below, with confidence 1 - alpha at any time
     * @param tolerated       the rate that counts as safe: the larger of the harmless rate and the tolerated ratio times
     *                        what the stable release would have shown for the same tenants
     * @param safe            whether the canary's rate was shown to lie below it
     * @param requestsToSafe  further canary requests until that is shown should the rates stay as they are; -1 where
     *                        it would never be shown
     * @param excess          the newest stretch in which the canary had more than is tolerated
     */
    public record MetricNumbers(
            double eValue,
            long canaryRequests,
            long canaryCount,
            long stableRequests,
            long stableCount,
            double upperBound,
            double tolerated,
            boolean safe,
            long requestsToSafe,
            Excess excess) {

        public double canaryRate() {
            return canaryRequests == 0 ? 0 : (double) canaryCount / canaryRequests;
        }

        public double stableRate() {
            return stableRequests == 0 ? 0 : (double) stableCount / stableRequests;
        }
    }

    /** One tenant's evidence under one metric, with what it takes for this tenant alone to roll the release back. */
    public record TenantNumbers(String tenant, Metric metric, double eValue, double threshold) {}
}
