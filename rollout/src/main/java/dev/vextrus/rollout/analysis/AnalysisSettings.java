package dev.vextrus.rollout.analysis;

import java.util.List;

/**
 * What the verdict is asked to hold to. {@link #defaults()} is meant for production; a plan overrides single values.
 *
 * @param alpha           share of good releases that may be rolled back by statistics, over all metrics, tenants and looks
 * @param harmfulRatio    r0: a canary is harmful when its rate is shown to be more than this many times the stable one's
 * @param toleratedRatio  a canary is safe when its rate is shown to be less than this many times the stable one's, or
 * @param maxFaultRate    when its fault rate is shown to be below this
 * @param maxSlowRate     the same for the share of requests slower than the objective
 * @param ratios          the grid of ratios above {@code harmfulRatio} that the evidence is spread over
 * @param plannedSeconds  length of the rollout, over which half of the evidence's weight waits for harm that begins late
 * @param faultsWeight    weight of faults in the weighted mean of the metrics' e-values; slow requests have the rest. Faults
 *                        are rarer, so they need it more
 * @param tenantBudget    share of alpha that is spent on single tenants; the rest is for all tenants together
 * @param capPerWindow    k: faults counted at most per tenant, operation and second
 * @param shareZ          the canary's expected share of faults is taken this many standard deviations above its estimate
 * @param rateDriftLogSd  how far a tenant's rate may have moved since its history, as a standard deviation of its
 *                        logarithm, where the history itself does not tell more
 * @param tenantDriftLogSd the same where one tenant is judged by itself, whose rate moves more than the sum of many
 * @param frozenAbove     canary share of faults above which the comparison is with history, not with the stable release
 * @param outageSurprise  a window in which stable's count is less probable than this is taken for a shared outage
 * @param maxTenants      tenants followed singly at most, so that the evidence stays small
 */
public record AnalysisSettings(
        double alpha,
        double harmfulRatio,
        double toleratedRatio,
        double maxFaultRate,
        double maxSlowRate,
        List<Double> ratios,
        long plannedSeconds,
        double faultsWeight,
        double tenantBudget,
        int capPerWindow,
        double shareZ,
        double rateDriftLogSd,
        double tenantDriftLogSd,
        double frozenAbove,
        double outageSurprise,
        int maxTenants) {

    /** @throws IllegalArgumentException naming the field that is out of range */
    public AnalysisSettings {
        require(alpha > 0 && alpha < 0.5, "alpha", alpha, "above 0 and below 0.5");
        require(harmfulRatio >= 1, "harmfulRatio", harmfulRatio, "1 or more");
        require(toleratedRatio >= 1, "toleratedRatio", toleratedRatio, "1 or more");
        require(maxFaultRate > 0 && maxFaultRate < 1, "maxFaultRate", maxFaultRate, "between 0 and 1");
        require(maxSlowRate > 0 && maxSlowRate < 1, "maxSlowRate", maxSlowRate, "between 0 and 1");
        ratios = List.copyOf(ratios);
        require(!ratios.isEmpty() && ratios.size() <= 32, "ratios", ratios.size(), "1 to 32 values");
        for (double ratio : ratios) {
            require(ratio > harmfulRatio, "ratios", ratio, "above harmfulRatio");
        }
        require(plannedSeconds > 0, "plannedSeconds", (double) plannedSeconds, "above 0");
        require(faultsWeight > 0 && faultsWeight < 1, "faultsWeight", faultsWeight, "above 0 and below 1");
        require(tenantBudget >= 0 && tenantBudget < 1, "tenantBudget", tenantBudget, "at least 0 and below 1");
        require(capPerWindow >= 1, "capPerWindow", capPerWindow, "1 or more");
        require(shareZ >= 0, "shareZ", shareZ, "0 or more");
        require(rateDriftLogSd >= 0, "rateDriftLogSd", rateDriftLogSd, "0 or more");
        require(tenantDriftLogSd >= 0, "tenantDriftLogSd", tenantDriftLogSd, "0 or more");
        require(frozenAbove > 0 && frozenAbove <= 1, "frozenAbove", frozenAbove, "above 0, at most 1");
        require(outageSurprise > 0 && outageSurprise < 1, "outageSurprise", outageSurprise, "between 0 and 1");
        require(maxTenants >= 0, "maxTenants", maxTenants, "0 or more");
    }

    public static AnalysisSettings defaults() {
        return new AnalysisSettings(
                0.01,
                1.5,
                1.5,
                0.005,
                0.05,
                ratiosAbove(1.5),
                48 * 3600,
                2.0 / 3,
                0.05,
                2,
                2.33,
                0.2,
                0.6,
                0.9,
                0.001,
                200);
    }

    /** The grid of ratios that goes with {@code harmfulRatio}: 2, 4, 6 and 15 above 1.5, and in proportion above others. */
    public static List<Double> ratiosAbove(double harmfulRatio) {
        return List.of(harmfulRatio * 4 / 3, harmfulRatio * 8 / 3, harmfulRatio * 4, harmfulRatio * 10);
    }

    public AnalysisSettings withPlannedSeconds(long seconds) {
        return new AnalysisSettings(
                alpha,
                harmfulRatio,
                toleratedRatio,
                maxFaultRate,
                maxSlowRate,
                ratios,
                seconds,
                faultsWeight,
                tenantBudget,
                capPerWindow,
                shareZ,
                rateDriftLogSd,
                tenantDriftLogSd,
                frozenAbove,
                outageSurprise,
                maxTenants);
    }

    /**
     * How long after each change of the split slow requests are no evidence against the canary: a process that meets new
     * work is slow at first, as the stable one was. A sixteenth of the rollout, 3 to 30 s.
     */
    public long settleSeconds() {
        return Math.clamp(plannedSeconds / 16, 3, 30);
    }

    /** The rate below which {@code metric} is harmless whatever the stable release does. */
    public double harmlessRate(Metric metric) {
        return switch (metric) {
            case FAULTS -> maxFaultRate;
            case SLOW -> maxSlowRate;
        };
    }

    /** The weight of {@code metric} in the mean of the metrics' e-values; all weights sum to 1. */
    double weight(Metric metric) {
        return switch (metric) {
            case FAULTS -> faultsWeight;
            case SLOW -> 1 - faultsWeight;
        };
    }

    private static void require(boolean holds, String field, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + value + " is out of range; give " + range);
        }
    }
}
