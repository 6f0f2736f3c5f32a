package dev.vextrus.rollout.analysis;

import dev.vextrus.rollout.analysis.Evidence.MetricEvidence;
import dev.vextrus.rollout.analysis.Evidence.ShareUsed;
import dev.vextrus.rollout.analysis.Evidence.TenantEvidence;
import dev.vextrus.rollout.analysis.Window.Counts;
import dev.vextrus.rollout.analysis.Window.Exposure;
import dev.vextrus.rollout.analysis.Window.TenantCount;
import dev.vextrus.rollout.analysis.Window.TenantWindow;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The verdict of one rollout, as pure functions over {@link Evidence}: no clock, no randomness, no memory of its own.
 *
 * <p>{@code evidence = analysis.begin(second)}; then {@code evidence = analysis.observe(evidence, split, samples)} as samples
 * come; then {@code analysis.verdict(evidence)} whenever one is wanted, as often as one likes.
 *
 * @param settings  what is to be held to
 * @param baselines the tenants' history from before the rollout
 */
public record Analysis(AnalysisSettings settings, Baselines baselines) {
    /** Evidence before anything was seen. */
    public Evidence begin(long startSecond) {
        Map<Metric, MetricEvidence> metrics = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            RatioEvidence tolerance = RatioTest.ofTolerance(settings).start(1);
            metrics.put(
                    metric,
                    new MetricEvidence(
                            harmStart(metric, StartWeights.AT_START),
                            tolerance,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            Excess.none(startSecond)));
        }
        return new Evidence(
                startSecond,
                startSecond - 1,
                metrics,
                Map.of(),
                0,
                new ShareUsed(0, ShareSource.REQUESTS),
                OutageWatch.quiet(),
                SplitTally.none());
    }

    /**
     * Takes in samples of closed seconds, in any order among themselves; seconds that were already taken in are left out, so
     * the same samples may be given again after a restart.
     */
    public Evidence observe(Evidence evidence, TrafficSplit split, List<TrafficSample> samples) {
        TreeMap<Long, List<TrafficSample>> bySecond = new TreeMap<>();
        for (TrafficSample sample : samples) {
            if (sample.second() > evidence.throughSecond()) {
                bySecond.computeIfAbsent(sample.second(), s -> new java.util.ArrayList<>())
                        .add(sample);
            }
        }
        ShareModel shares = shares(split);
        WindowBuilder builder = new WindowBuilder(shares, settings.capPerWindow());
        Evidence after = evidence;
        for (Map.Entry<Long, List<TrafficSample>> second : bySecond.entrySet()) {
            after = after.counting(after.tally().of(split, second.getKey()));
            List<TrafficSample> answered = second.getValue().stream()
                    .filter(sample -> sample.requests() > 0)
                    .toList();
            after = answered.isEmpty()
                    ? after.through(second.getKey())
                    : absorb(after, shares, builder.build(second.getKey(), answered));
            after = tally(after, split, second.getKey(), second.getValue());
        }
        return after;
    }

    /** What the evidence says now. */
    public Verdict verdict(Evidence evidence) {
        return new Judge(settings).judge(evidence);
    }

    /** Whether {@link #verdict} would be {@link Verdict.Harmful}, without the other numbers: for simulations. */
    public boolean isHarmful(Evidence evidence) {
        return new Judge(settings).isHarmful(evidence);
    }

    /** The numbers behind {@link #verdict}, for the live view. */
    public VerdictNumbers numbers(Evidence evidence) {
        return new Judge(settings).numbers(evidence);
    }

    /** What history says of this split. */
    public ShareModel shares(TrafficSplit split) {
        return new ShareModel(settings, baselines, split);
    }

    /** Takes in one window; {@link #observe} does so for each second of its samples. */
    public Evidence absorb(Evidence evidence, ShareModel shares, Window window) {
        Counts faults = counts(window, Metric.FAULTS);
        OutageWatch outage = shares.byHistory(Metric.FAULTS)
                ? evidence.outage()
                        .observe(
                                window.second(),
                                window.seconds(),
                                faults.stable(),
                                faults.byHistory().stable(),
                                settings.outageSurprise())
                : evidence.outage();
        double spent = new StartWeights(settings.plannedSeconds()).spent(window.second() - evidence.startSecond());
        boolean ill = outage.covers(window.second());
        Map<Metric, MetricEvidence> metrics = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            Comparison comparison = Comparison.of(shares, metric, counts(window, metric), ill, evidence);
            metrics.put(
                    metric,
                    switch (metric) {
                        case FAULTS -> absorbFaults(shares, metricOf(evidence, metric), window, comparison, spent);
                        case SLOW -> absorbSlow(shares, evidence, window, comparison, spent);
                    });
        }
        Comparison faultsComparison = Comparison.of(shares, Metric.FAULTS, faults, ill, evidence);
        return new Evidence(
                evidence.startSecond(),
                Math.max(evidence.throughSecond(), window.second() + window.seconds() - 1),
                metrics,
                absorbTenants(evidence, shares, window, ill, spent),
                Math.max(evidence.canaryTenants(), shares.canaryTenants()),
                faultsComparison.used(),
                outage,
                evidence.tally());
    }

    private RatioEvidence harmStart(Metric metric, double spent) {
        return switch (metric) {
            case FAULTS -> RatioTest.ofHarm(settings).start(spent);
            case SLOW -> slowTest().start(spent);
        };
    }

    private ScoreTest slowTest() {
        return new ScoreTest(settings.harmfulRatio());
    }

    private MetricEvidence absorbFaults(
            ShareModel shares, MetricEvidence before, Window window, Comparison comparison, double spent) {
        Counts counts = counts(window, Metric.FAULTS);
        double tolerated = settings.harmfulRatio() * comparison.expectedAtMost(counts.stable());
        return counted(
                before,
                comparison.absorb(shares.harmTest(), before.harm(), spent, counts, true),
                shares,
                window,
                Metric.FAULTS,
                comparison,
                before.excess().plus(window, counts.canary(), counts.stable(), tolerated));
    }

    /** A canary that meets new tenants is slow at first; what it shows until the split has settled is counted, not judged. */
    private MetricEvidence absorbSlow(
            ShareModel shares, Evidence evidence, Window window, Comparison comparison, double spent) {
        MetricEvidence before = metricOf(evidence, Metric.SLOW);
        Counts counts = counts(window, Metric.SLOW);
        RatioEvidence harm = before.harm();
        Excess excess = before.excess();
        SlowSecond slow = SlowSecond.of(shares, counts, evidence);
        if (!evidence.tally().settled(window.second(), settings.settleSeconds())) {
            excess = Excess.none(window.second() + window.seconds());
        } else if (slow != null) {
            harm = slowTest().observe(harm, spent, slow.canary(), slow.expected(), slow.most());
            excess = excess.plus(
                    window, counts.canary(), counts.stable(), settings.harmfulRatio() * slow.expectedCount());
        }
        return counted(before, harm, shares, window, Metric.SLOW, comparison, excess);
    }

    private static MetricEvidence counted(
            MetricEvidence before,
            RatioEvidence harm,
            ShareModel shares,
            Window window,
            Metric metric,
            Comparison comparison,
            Excess excess) {
        Counts counts = counts(window, metric);
        return new MetricEvidence(
                harm,
                comparison.absorb(shares.toleranceTest(), before.tolerance(), 1, counts, false),
                before.canaryRequests() + window.canaryRequests(),
                before.canaryCount() + counts.canary(),
                before.boundedRequests() + window.boundedRequests(),
                before.stableRequests() + window.stableRequests(),
                before.stableCount() + counts.stable(),
                before.expectedCanary() + comparison.expectedCanary(counts.stable()),
                excess);
    }

    /**
     * A tenant is followed from its first fault on, that fault not counted: a process may start at any time that does not
     * look ahead, and tenants without faults then cost nothing.
     */
    private Map<String, TenantEvidence> absorbTenants(
            Evidence evidence, ShareModel shares, Window window, boolean ill, double spent) {
        if (window.tenants().isEmpty()) {
            return evidence.tenants();
        }
        Map<String, TenantEvidence> tenants = new HashMap<>(evidence.tenants());
        boolean settled = evidence.tally().settled(window.second(), settings.settleSeconds());
        for (TenantWindow tenant : window.tenants()) {
            TenantEvidence before = tenants.get(tenant.tenant());
            if (before != null) {
                tenants.put(tenant.tenant(), absorbTenant(before, shares, window, tenant, ill, spent, settled));
            } else if (tenants.size() < settings.maxTenants()
                    && shares.knows(tenant.tenant(), Metric.FAULTS)
                    && tenant.metrics().values().stream().anyMatch(count -> count.count() > 0)) {
                Map<Metric, RatioEvidence> start = new EnumMap<>(Metric.class);
                for (Metric metric : Metric.values()) {
                    start.put(metric, harmStart(metric, spent));
                }
                tenants.put(tenant.tenant(), new TenantEvidence(start));
            }
        }
        return tenants;
    }

    private TenantEvidence absorbTenant(
            TenantEvidence before,
            ShareModel shares,
            Window window,
            TenantWindow tenant,
            boolean ill,
            double spent,
            boolean settled) {
        Map<Metric, RatioEvidence> after = new EnumMap<>(Metric.class);
        before.harm().forEach((metric, harm) -> {
            TenantCount count = tenant.metrics().getOrDefault(metric, new TenantCount(0, 0, 0, 0));
            Counts all = counts(window, metric);
            boolean frozen = Comparison.frozen(shares, metric, ill && metric == Metric.FAULTS);
            boolean nothing = count.count() == 0 && all.stable() == 0 && !frozen;
            after.put(
                    metric,
                    nothing
                            ? harm
                            : switch (metric) {
                                case FAULTS -> tenantFaults(harm, shares, tenant.tenant(), count, all, ill, spent);
                                case SLOW ->
                                    settled ? tenantSlow(harm, shares, tenant.tenant(), count, all, spent) : harm;
                            });
        });
        return new TenantEvidence(after);
    }

    private static RatioEvidence tenantFaults(
            RatioEvidence harm,
            ShareModel shares,
            String tenant,
            TenantCount count,
            Counts all,
            boolean ill,
            double spent) {
        Comparison comparison = Comparison.ofTenant(shares, Metric.FAULTS, tenant, count, all, ill);
        Counts own = new Counts(count.count(), all.stable(), all.byHistory(), all.byRequests(), all.most());
        return comparison.absorb(shares.harmTest(), harm, spent, own, true);
    }

    private RatioEvidence tenantSlow(
            RatioEvidence harm, ShareModel shares, String tenant, TenantCount count, Counts all, double spent) {
        Counts own = new Counts(
                count.count(),
                all.stable(),
                new Exposure(count.byHistory(), all.byHistory().stable()),
                new Exposure(count.byRequests(), all.byRequests().stable()),
                new Exposure(count.most(), all.most().stable()));
        SlowSecond slow = SlowSecond.ofTenant(shares, tenant, own);
        return slow == null ? harm : slowTest().observe(harm, spent, slow.canary(), slow.expected(), slow.most());
    }

    /** Counts requests when they are sent: a release that answers late has had no fewer of them. */
    private static Evidence tally(Evidence evidence, TrafficSplit split, long second, List<TrafficSample> samples) {
        long canary = 0;
        long stable = 0;
        long canaryOfOthers = 0;
        long stableOfCohort = 0;
        for (TrafficSample sample : samples) {
            boolean ofCohort = split.cohort().contains(sample.tenant());
            if (sample.track() == Track.CANARY) {
                canary += sample.begun();
                canaryOfOthers += ofCohort ? 0 : sample.begun();
            } else {
                stable += sample.begun();
                stableOfCohort += ofCohort ? sample.begun() : 0;
            }
        }
        SplitTally tally =
                evidence.tally().of(split, second).add(second, canary, stable, canaryOfOthers, stableOfCohort);
        return evidence.counting(tally);
    }

    static MetricEvidence metricOf(Evidence evidence, Metric metric) {
        MetricEvidence found = evidence.metrics().get(metric);
        if (found == null) {
            throw new IllegalArgumentException("the evidence has no " + metric);
        }
        return found;
    }

    private static Counts counts(Window window, Metric metric) {
        Counts found = window.metrics().get(metric);
        if (found == null) {
            throw new IllegalArgumentException("the window of " + window.second() + " has no " + metric);
        }
        return found;
    }
}
