package dev.vextrus.rollout.analysis;

import dev.vextrus.rollout.analysis.Baselines.Counts;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What history says of the canary's expected share of faults under one split, and how sure that is.
 *
 * <p>A tenant's rate is (faults + 1) / (requests + 1 / mean), the mean of a gamma posterior whose prior has the mean rate of
 * all tenants and shape 1. Its squared coefficient of variation is 1 / (faults + 1) plus what rates vary between days.
 * Where the split is by request, every tenant is on both tracks and requests tell the share exactly.
 */
public final class ShareModel {
    private static final long FEWEST_COUNTED = 50;

    private final Baselines baselines;
    private final TrafficSplit split;
    private final AnalysisSettings settings;
    private final Counts total;
    private final Set<Metric> known = EnumSet.noneOf(Metric.class);
    private final RatioTest harmTest;
    private final RatioTest toleranceTest;
    private final Map<Metric, MetricModel> metrics = new EnumMap<>(Metric.class);

    /**
     * @param meanRate       rate of all tenants together in their history
     * @param drift          squared coefficient of variation of a tenant's rate since its history
     * @param canaryVariance squared coefficient of variation of the cohort's expected count
     * @param stableVariance the same for the other tenants
     * @param expectedShare  canary's share of faults at the traffic of the history
     * @param tenantMargins  what {@link #margin} gives for each tenant of the cohort
     */
    private record MetricModel(
            double meanRate,
            double drift,
            double canaryVariance,
            double stableVariance,
            double expectedShare,
            Map<String, Double> tenantMargins) {}

    ShareModel(AnalysisSettings settings, Baselines baselines, TrafficSplit split) {
        this.settings = settings;
        this.baselines = baselines;
        this.split = split;
        this.total = baselines.total();
        this.harmTest = RatioTest.ofHarm(settings);
        this.toleranceTest = RatioTest.ofTolerance(settings);
        for (Metric metric : Metric.values()) {
            if (split.mode() == TrafficSplit.Mode.BY_TENANT && total.count(metric) >= FEWEST_COUNTED) {
                known.add(metric);
            }
            metrics.put(metric, model(metric));
        }
    }

    private MetricModel model(Metric metric) {
        double mean = (total.count(metric) + 0.5) / (total.requests() + 1.0);
        double drift = drift(metric, settings.rateDriftLogSd());
        double[] expected = new double[2];
        double[] squares = new double[2];
        baselines.tenants().forEach((tenant, counts) -> {
            int side = split.cohort().contains(tenant) ? 0 : 1;
            double count = rate(counts, metric, mean) * counts.requests();
            expected[side] += count;
            squares[side] += count * count * (1.0 / (counts.count(metric) + 1) + drift);
        });
        double all = expected[0] + expected[1];
        double stableVariance = relative(squares[1], expected[1], drift);
        return new MetricModel(
                mean,
                drift,
                relative(squares[0], expected[0], drift),
                stableVariance,
                byHistory(metric) && all > 0 ? expected[0] / all : split.weight(),
                tenantMargins(metric, stableVariance));
    }

    private Map<String, Double> tenantMargins(Metric metric, double stableVariance) {
        Map<String, Double> margins = new HashMap<>();
        double z = Math.sqrt(settings.shareZ() * settings.shareZ() + 2 * Math.log(Math.max(1, canaryTenants())));
        double drift = drift(metric, settings.tenantDriftLogSd());
        for (String tenant : split.cohort()) {
            Counts counts = baselines.tenants().get(tenant);
            if (counts != null) {
                margins.put(tenant, margin(1.0 / (counts.count(metric) + 1) + drift + stableVariance, z));
            }
        }
        return margins;
    }

    private double drift(Metric metric, double leastLogSd) {
        return Math.max(
                Math.expm1(leastLogSd * leastLogSd), baselines.dayVariance().getOrDefault(metric, 0.0));
    }

    /**
     * How many times the best estimate of an exposure is to be excused, for an estimate of this variance. A good release,
     * with a ratio of 1, is to stay below the null's ratio even where the estimate is too low by {@code z} standard
     * deviations; the null's ratio excuses that much already, so only what lies beyond it is added.
     */
    private double margin(double variance, double z) {
        return Math.max(1, Numerics.gammaQuantile(variance, z) / settings.harmfulRatio());
    }

    private static double relative(double squares, double expected, double otherwise) {
        return expected > 0 ? squares / (expected * expected) : otherwise;
    }

    private static double rate(Counts counts, Metric metric, double mean) {
        return (counts.count(metric) + 1) / (counts.requests() + 1 / mean);
    }

    /**
     * Whether shares follow the tenants' histories; otherwise they follow requests. A history of hardly any faults, as of a
     * few minutes, tells less of the tenants' shares than their requests do.
     */
    public boolean byHistory(Metric metric) {
        return known.contains(metric);
    }

    /** The tenant's expected rate under the stable release; the mean rate where it has no history. */
    public double rate(String tenant, Metric metric) {
        double mean = of(metric).meanRate();
        Counts counts = baselines.tenants().get(tenant);
        return counts == null ? mean : rate(counts, metric, mean);
    }

    /** What to multiply the odds of the canary's share by for its upper limit; 1 where requests tell it exactly. */
    double upperMargin(Metric metric) {
        MetricModel model = of(metric);
        return byHistory(metric) ? margin(model.canaryVariance() + model.stableVariance(), settings.shareZ()) : 1;
    }

    /** The same for the lower limit. */
    double lowerMargin(Metric metric) {
        MetricModel model = of(metric);
        double variance = model.canaryVariance() + model.stableVariance();
        return byHistory(metric) ? Numerics.gammaQuantile(variance, -settings.shareZ()) : 1;
    }

    /** Limits of the cohort's own expected count, or of the stable release's rate so far times the cohort's requests. */
    double frozenMargin(Metric metric, long stableCount, boolean upper) {
        MetricModel model = of(metric);
        double variance = byHistory(metric) ? model.canaryVariance() : 1.0 / (stableCount + 1) + model.drift();
        return upper ? margin(variance, settings.shareZ()) : Numerics.gammaQuantile(variance, -settings.shareZ());
    }

    /** Whether the tenant has a history by which its own rate can be told; without one it is not judged by itself. */
    boolean knows(String tenant, Metric metric) {
        return byHistory(metric) && baselines.tenants().containsKey(tenant);
    }

    /** As {@link #upperMargin} for one tenant, surer, since there are many tenants to be wrong about. */
    double tenantMargin(String tenant, Metric metric) {
        return of(metric).tenantMargins().getOrDefault(tenant, 1.0);
    }

    RatioTest harmTest() {
        return harmTest;
    }

    RatioTest toleranceTest() {
        return toleranceTest;
    }

    AnalysisSettings settings() {
        return settings;
    }

    /** The canary's share of faults at the traffic of the history, or the weight where there is none. */
    double expectedShare(Metric metric) {
        return of(metric).expectedShare();
    }

    int canaryTenants() {
        return split.cohort().size();
    }

    TrafficSplit split() {
        return split;
    }

    private MetricModel of(Metric metric) {
        MetricModel model = metrics.get(metric);
        if (model == null) {
            throw new IllegalStateException("no model of " + metric);
        }
        return model;
    }
}
