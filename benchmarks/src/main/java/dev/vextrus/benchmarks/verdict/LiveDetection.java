package dev.vextrus.benchmarks.verdict;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.AnalysisSettings;
import dev.vextrus.rollout.analysis.Baselines;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.analysis.Track;
import dev.vextrus.rollout.analysis.TrafficSample;
import dev.vextrus.rollout.analysis.TrafficSplit;
import dev.vextrus.rollout.analysis.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A bad release met in the first seconds, as the proxy shows it: one-second samples by tenant and operation, no history,
 * no capped counts hidden from the analysis.
 *
 * @param canaryPerSecond canary requests a second, of {@code weight} of all
 * @param weight          the canary's share of traffic
 * @param mutations       share of requests that are mutations, 0 to 1
 * @param failing         share of the canary's mutations that fail
 * @param tenants         tenants of the cohort; nine times as many on stable
 */
record LiveDetection(double canaryPerSecond, double weight, double mutations, double failing, int tenants) {
    private static final int LONGEST_SECONDS = 600;
    private static final double STABLE_FAULT_RATE = 0.001;
    private static final long START = 1_000_000;

    /**
     * @param seconds from the first canary request to the verdict, counting the second whose sample decided; -1 where none
     * @param harmed  canary requests that failed until then
     */
    record Outcome(long seconds, long harmed) {}

    static LiveDetection fifthOfFivePerSecond() {
        return new LiveDetection(5, 0.1, 1, 0.2, 4);
    }

    /** The demo's release {@code errors}. */
    static LiveDetection tenthOfMutations() {
        return new LiveDetection(20, 0.1, 0.6, 0.1, 4);
    }

    Outcome run(AnalysisSettings settings, long seed) {
        Draws draws = new Draws(seed);
        Analysis analysis = new Analysis(settings, Baselines.none());
        Set<String> cohort = new HashSet<>();
        for (int i = 0; i < tenants; i++) {
            cohort.add("canary-" + i);
        }
        TrafficSplit split = TrafficSplit.byTenant(weight, cohort);
        Evidence evidence = analysis.begin(START);
        long harmed = 0;
        for (int second = 0; second < LONGEST_SECONDS; second++) {
            List<TrafficSample> samples = new ArrayList<>();
            double stablePerSecond = canaryPerSecond * (1 - weight) / weight;
            harmed += add(samples, Track.CANARY, second, canaryPerSecond / tenants, failing, settings, draws);
            add(samples, Track.STABLE, second, stablePerSecond / (9 * tenants), STABLE_FAULT_RATE, settings, draws);
            evidence = analysis.observe(evidence, split, samples);
            if (analysis.verdict(evidence) instanceof Verdict.Harmful) {
                return new Outcome(second + 1, harmed);
            }
        }
        return new Outcome(-1, harmed);
    }

    private long add(
            List<TrafficSample> samples,
            Track track,
            int second,
            double perTenant,
            double failureRate,
            AnalysisSettings settings,
            Draws draws) {
        long failed = 0;
        int count = track == Track.CANARY ? tenants : 9 * tenants;
        String name = track == Track.CANARY ? "canary-" : "stable-";
        for (int i = 0; i < count; i++) {
            int writes = (int) draws.poisson(perTenant * mutations);
            int reads = (int) draws.poisson(perTenant * (1 - mutations));
            int faults = 0;
            for (int request = 0; request < writes; request++) {
                faults += draws.uniform() < failureRate ? 1 : 0;
            }
            failed += faults;
            int cap = settings.capPerWindow();
            samples.add(new TrafficSample(
                    START + second, track, name + i, "write", writes, Math.min(cap, faults), 0, faults >= cap));
            samples.add(new TrafficSample(START + second, track, name + i, "read", reads, 0, 0, false));
        }
        return failed;
    }
}
