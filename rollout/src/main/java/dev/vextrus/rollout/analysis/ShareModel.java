package dev.vextrus.rollout.analysis;

import dev.vextrus.rollout.analysis.Baselines.Counts;
import java.util.EnumMap;
import java.util.Map;

/**
 * What history says of the canary's expected share of faults under one split, and how sure that is.
 *
 * <p>A tenant's rate is (faults + 1) / (requests + 1 / mean), the mean of a gamma posterior whose prior has the mean rate of
 * all tenants and shape 1. Its squared coefficient of variation is 1 / (faults + 1) plus what rates vary between days.
 * Where the split is by request, every tenant is on both tracks and requests tell the share exactly.
 */
public final class ShareModel {
    private final Baselines baselines;
    private final TrafficSplit split;
    private final Map<Metric, MetricModel> metrics = new EnumMap<>(Metric.class);

    /**
     * @param meanRate       rate of all tenants together in their history
     * @param drift          squared coefficient of variation of a tenant's rate since its history
     * @param canaryVariance squared coefficient of variation of the cohort's expected count
     * @param stableVariance the same for the other tenants
     * @param expectedShare  canary's share of faults at the traffic of the history
     */
    private record MetricModel(
            double meanRate, double drift, double canaryVariance, double stableVariance, double expectedShare) {}

    ShareModel(AnalysisSettings settings, Baselines baselines, TrafficSplit split) {
        this.baselines = baselines;
        this.split = split;
        for (Metric metric : Metric.values()) {
            metrics.put(metric, model(metric, settings));
        }
    }

    private MetricModel model(Metric metric, AnalysisSettings settings) {
        Counts total = baselines.tenants().values().stream().reduce(new Counts(0, 0, 0), Counts::plus);
        double mean = (total.count(metric) + 0.5) / (total.requests() + 1.0);
        double floor = Math.expm1(settings.rateDriftLogSd() * settings.rateDriftLogSd());
        double drift = Math.max(floor, baselines.dayVariance().getOrDefault(metric, 0.0));
        double[] expected = new double[2];
        double[] squares = new double[2];
        baselines.tenants().forEach((tenant, counts) -> {
            int side = split.cohort().contains(tenant) ? 0 : 1;
            double count = rate(counts, metric, mean) * counts.requests();
            expected[side] += count;
            squares[side] += count * count * (1.0 / (counts.count(metric) + 1) + drift);
        });
        double all = expected[0] + expected[1];
        return new MetricModel(
                mean,
                drift,
                relative(squares[0], expected[0], drift),
                relative(squares[1], expected[1], drift),
                byHistory() && all > 0 ? expected[0] / all : split.weight());
    }

    private static double relative(double squares, double expected, double otherwise) {
        return expected > 0 ? squares / (expected * expected) : otherwise;
    }

    private static double rate(Counts counts, Metric metric, double mean) {
        return (counts.count(metric) + 1) / (counts.requests() + 1 / mean);
    }

    /** Whether shares follow the tenants' histories; otherwise they follow requests. */
    public boolean byHistory() {
        return split.mode() == TrafficSplit.Mode.BY_TENANT && !baselines.isEmpty();
    }

    /** The tenant's expected rate under the stable release; the mean rate where it has no history. */
    public double rate(String tenant, Metric metric) {
        double mean = of(metric).meanRate();
        Counts counts = baselines.tenants().get(tenant);
        return counts == null ? mean : rate(counts, metric, mean);
    }

    /** Squared coefficient of variation of the ratio between the cohort's expected count and the others'. */
    double oddsVariance(Metric metric) {
        MetricModel model = of(metric);
        return byHistory() ? model.canaryVariance() + model.stableVariance() : 0;
    }

    /** The same for one tenant of the cohort against all others. */
    double tenantOddsVariance(String tenant, Metric metric) {
        if (!byHistory()) {
            return 0;
        }
        MetricModel model = of(metric);
        Counts counts = baselines.tenants().get(tenant);
        return 1.0 / (counts == null ? 1 : counts.count(metric) + 1) + model.drift() + model.stableVariance();
    }

    /** Squared coefficient of variation of the cohort's expected count alone. */
    double canaryVariance(Metric metric) {
        return of(metric).canaryVariance();
    }

    double drift(Metric metric) {
        return of(metric).drift();
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
