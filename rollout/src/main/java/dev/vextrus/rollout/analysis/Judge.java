package dev.vextrus.rollout.analysis;

import dev.vextrus.rollout.analysis.Evidence.MetricEvidence;
import dev.vextrus.rollout.analysis.VerdictNumbers.MetricNumbers;
import dev.vextrus.rollout.analysis.VerdictNumbers.TenantNumbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Reads a verdict from evidence; the budget alpha is spent once over metrics and tenants. */
final class Judge {
    /** Share of alpha for "the rate is below the harmless one"; the rest is for "the ratio is below the tolerated one". */
    private static final double RATE_PART = 0.9;

    private static final int TENANTS_SHOWN = 10;
    private static final double LARGEST = 1e300;

    private final AnalysisSettings settings;

    Judge(AnalysisSettings settings) {
        this.settings = settings;
    }

    Verdict judge(Evidence evidence) {
        VerdictNumbers numbers = numbers(evidence);
        if (numbers.eValue() >= numbers.threshold()) {
            Metric worst = worst(numbers);
            return new Verdict.Harmful(worst, numbers.eValue(), numbers.threshold(), List.of(), numbers);
        }
        List<TenantNumbers> harmed = harmedTenants(evidence);
        if (!harmed.isEmpty()) {
            TenantNumbers first = harmed.getFirst();
            List<String> names =
                    harmed.stream().map(TenantNumbers::tenant).distinct().toList();
            return new Verdict.Harmful(first.metric(), first.eValue(), first.threshold(), names, numbers);
        }
        List<String> missing = missing(numbers);
        return missing.isEmpty()
                ? new Verdict.Safe(numbers)
                : new Verdict.Inconclusive(missing, secondsToSafe(evidence, numbers), numbers);
    }

    boolean isHarmful(Evidence evidence) {
        return total(evidence) >= totalThreshold(evidence)
                || !harmedTenants(evidence).isEmpty();
    }

    /** A weighted mean of e-values is one, whatever their dependence (Vovk and Wang 2021, arXiv 1912.06116). */
    private double total(Evidence evidence) {
        double mean = 0;
        for (Map.Entry<Metric, MetricEvidence> metric : evidence.metrics().entrySet()) {
            mean += settings.weight(metric.getKey()) * eValue(metric.getKey(), metric.getValue());
        }
        return mean;
    }

    /**
     * Slow requests count against the canary only while they also show plainly in what was counted since it began to
     * exceed; no evidence may contradict the figures that it is told with. An e-value made smaller is still one.
     */
    private double eValue(Metric metric, MetricEvidence evidence) {
        double eValue = bounded(RatioTest.logEValue(evidence.harm()));
        boolean shown = metric != Metric.SLOW || evidence.excess().shows(settings.harmfulRatio());
        return shown ? eValue : Math.min(1, eValue);
    }

    private double totalThreshold(Evidence evidence) {
        return 1 / (settings.alpha() * (1 - tenantBudget(evidence)));
    }

    VerdictNumbers numbers(Evidence evidence) {
        Map<Metric, MetricNumbers> metrics = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            metrics.put(metric, metricNumbers(metric, Analysis.metricOf(evidence, metric)));
        }
        ShareSource source = evidence.share().source();
        return new VerdictNumbers(
                total(evidence),
                totalThreshold(evidence),
                metrics,
                tenantNumbers(evidence).stream().limit(TENANTS_SHOWN).toList(),
                evidence.share().value(),
                source,
                source != ShareSource.FROZEN_HISTORY && source != ShareSource.FROZEN_STABLE,
                evidence.sampleRatio());
    }

    private MetricNumbers metricNumbers(Metric metric, MetricEvidence evidence) {
        double harmless = settings.harmlessRate(metric);
        double alike = evidence.canaryRequests() == 0 ? 0 : evidence.expectedCanary() / evidence.canaryRequests();
        double logRate = RateBound.logEValue(evidence.canaryCount(), evidence.boundedRequests(), harmless);
        double logRatio = RatioTest.logEValue(evidence.tolerance());
        double logSafe = Numerics.logAddExp(logRate + Math.log(RATE_PART), logRatio + Math.log1p(-RATE_PART));
        double eValue = eValue(metric, evidence);
        // Evidence that points to harm, though too little to act on, stands against calling the same canary safe.
        boolean suspicious = eValue >= 1 / Math.sqrt(settings.alpha());
        boolean safe = logSafe >= -Math.log(settings.alpha()) && !suspicious;
        return new MetricNumbers(
                eValue,
                evidence.canaryRequests(),
                evidence.canaryCount(),
                evidence.stableRequests(),
                evidence.stableCount(),
                RateBound.upper(evidence.canaryCount(), evidence.boundedRequests(), settings.alpha()),
                Math.max(harmless, settings.toleratedRatio() * alike),
                safe,
                safe ? 0 : requestsToSafe(evidence, harmless, logRatio),
                evidence.excess());
    }

    private long requestsToSafe(MetricEvidence evidence, double harmless, double logRatio) {
        double needed = -Math.log(settings.alpha() * RATE_PART);
        long byRate = RateBound.requestsToExclude(evidence.canaryCount(), evidence.boundedRequests(), harmless, needed);
        double left = -Math.log(settings.alpha() * (1 - RATE_PART)) - logRatio;
        long byRatio = logRatio > 1 ? Math.round(evidence.canaryRequests() * left / logRatio) : -1;
        return byRate < 0 ? byRatio : byRatio < 0 ? byRate : Math.min(byRate, byRatio);
    }

    private List<String> missing(VerdictNumbers numbers) {
        List<String> missing = new ArrayList<>();
        if (numbers.sampleRatio().mismatch()) {
            missing.add("requests did not go where the split sends them: " + numbers.sampleRatio());
        }
        for (Metric metric : Metric.values()) {
            MetricNumbers of = numbers.metrics().get(metric);
            if (of != null && !of.safe()) {
                missing.add(String.format(
                        Locale.ROOT,
                        "%s: the canary's rate is below %.3f %% so far and has to be shown below %.3f %%; %s",
                        metric.name().toLowerCase(Locale.ROOT),
                        100 * of.upperBound(),
                        100 * of.tolerated(),
                        of.requestsToSafe() >= 0
                                ? "about " + of.requestsToSafe() + " more canary requests"
                                : "not at the rate seen so far"));
            }
        }
        return missing;
    }

    private static OptionalLong secondsToSafe(Evidence evidence, VerdictNumbers numbers) {
        long seconds = Math.max(1, evidence.throughSecond() - evidence.startSecond() + 1);
        long longest = 0;
        for (MetricNumbers metric : numbers.metrics().values()) {
            if (metric.requestsToSafe() < 0 || metric.canaryRequests() == 0) {
                return OptionalLong.empty();
            }
            longest = Math.max(longest, metric.requestsToSafe() * seconds / metric.canaryRequests());
        }
        return OptionalLong.of(longest);
    }

    private static Metric worst(VerdictNumbers numbers) {
        return numbers.metrics().entrySet().stream()
                .max(Comparator.comparingDouble(entry -> entry.getValue().eValue()))
                .map(Map.Entry::getKey)
                .orElse(Metric.FAULTS);
    }

    /**
     * The tenants that are harmed by themselves, by the e-BH procedure (Wang and Ramdas 2022, arXiv 2009.02824): the k
     * largest e-values where the k-th is at least tests / (k alpha). One tenant alone needs tests / alpha.
     */
    private List<TenantNumbers> harmedTenants(Evidence evidence) {
        if (!anyTenantNear(evidence)) {
            return List.of();
        }
        List<TenantNumbers> sorted = tenantNumbers(evidence);
        int harmed = 0;
        for (int k = 1; k <= sorted.size(); k++) {
            TenantNumbers candidate = sorted.get(k - 1);
            if (candidate.eValue() * k >= candidate.threshold()) {
                harmed = k;
            }
        }
        return sorted.subList(0, harmed);
    }

    /** Whether any e-value is large enough to count even if all were: spares sorting when nothing is the matter. */
    private boolean anyTenantNear(Evidence evidence) {
        double needed = Math.log(tenantThreshold(evidence))
                - Math.log((double) Math.max(1, evidence.tenants().size() * Metric.values().length));
        for (Evidence.TenantEvidence tenant : evidence.tenants().values()) {
            for (RatioEvidence harm : tenant.harm().values()) {
                if (RatioTest.mayReach(harm, needed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private double tenantThreshold(Evidence evidence) {
        double tests = (double) Math.max(1, evidence.canaryTenants()) * Metric.values().length;
        return tests / (settings.alpha() * tenantBudget(evidence));
    }

    private List<TenantNumbers> tenantNumbers(Evidence evidence) {
        if (tenantBudget(evidence) == 0) {
            return List.of();
        }
        double threshold = tenantThreshold(evidence);
        List<TenantNumbers> all = new ArrayList<>();
        evidence.tenants()
                .forEach((tenant, of) -> of.harm()
                        .forEach((metric, harm) -> all.add(
                                new TenantNumbers(tenant, metric, bounded(RatioTest.logEValue(harm)), threshold))));
        all.sort(Comparator.comparingDouble(TenantNumbers::eValue)
                .reversed()
                .thenComparing(TenantNumbers::tenant)
                .thenComparing(TenantNumbers::metric));
        return all;
    }

    private double tenantBudget(Evidence evidence) {
        return evidence.canaryTenants() == 0 ? 0 : settings.tenantBudget();
    }

    private static double bounded(double logEValue) {
        return Math.min(LARGEST, Math.exp(logEValue));
    }
}
