package dev.vextrus.benchmarks.verdict;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.AnalysisSettings;
import dev.vextrus.rollout.analysis.Baselines;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.analysis.Excess;
import dev.vextrus.rollout.analysis.Metric;
import dev.vextrus.rollout.analysis.Track;
import dev.vextrus.rollout.analysis.TrafficSample;
import dev.vextrus.rollout.analysis.TrafficSplit;
import dev.vextrus.rollout.cohort.Cohorts;
import dev.vextrus.rollout.plan.CohortRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A rollout on a machine that stalls: for half a second to three seconds all that one release is asked, or both are, is
 * answered late. Slow requests then come in crowds, and a crowd says no more than one of them does. The canary stalls once
 * more after every shift, as a process does that meets new work.
 *
 * @param phaseSeconds     how long each of the phases of 10, 30, 60 and 100 % lasts
 * @param ownStallEvery    mean seconds between the stalls of one release; infinite where there are none
 * @param sharedStallEvery the same for stalls of both, up to a second apart
 * @param warmUpSeconds    longest stall of the canary after a shift
 * @param slower           share of the canary's requests that take longer than the objective in any case, 0 to 1
 */
record StalledRollout(
        int phaseSeconds, double ownStallEvery, double sharedStallEvery, double warmUpSeconds, double slower) {
    private static final double[] WEIGHTS = {0.1, 0.3, 0.6, 1};
    private static final String[] OPERATIONS = {"post", "pay", "list", "balance"};
    private static final int TENANTS = 40;
    private static final double REQUESTS_PER_SECOND = 200;
    private static final double SIZE_LOG_SD = 1.5;
    private static final double USUALLY_SLOW = 0.005;
    private static final int BASELINE_SECONDS = 45;
    private static final long START = 1_000_000;

    /**
     * @param decidedAfter seconds from the first canary request to the rollback; -1 where there was none
     * @param excess       what the decision was told with, or the last of it
     */
    record Outcome(long decidedAfter, Excess excess) {}

    /** The demo's length, on a machine that has too much to do: stable is slow with a third of its requests. */
    static StalledRollout busy() {
        return new StalledRollout(30, 8, 10, 4, 0);
    }

    /** The demo's length, and nothing but the warm-up is the matter. */
    static StalledRollout calm() {
        return new StalledRollout(30, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 2, 0);
    }

    StalledRollout lasting(int secondsPerPhase) {
        return new StalledRollout(secondsPerPhase, ownStallEvery, sharedStallEvery, warmUpSeconds, slower);
    }

    /** The canary is over the objective with this share of its requests. */
    StalledRollout slowerWith(double share) {
        return new StalledRollout(phaseSeconds, ownStallEvery, sharedStallEvery, warmUpSeconds, share);
    }

    Outcome run(AnalysisSettings defaults, long seed) {
        return new Run(defaults.withPlannedSeconds((long) phaseSeconds * WEIGHTS.length), new Draws(seed)).outcome();
    }

    private final class Run {
        private final AnalysisSettings settings;
        private final Draws draws;
        private final double[] perSecond = new double[TENANTS];
        private final Map<String, Long> traffic = new HashMap<>();
        private final Stalls ofStable;
        private final Stalls ofCanary;

        Run(AnalysisSettings settings, Draws draws) {
            this.settings = settings;
            this.draws = draws;
            double all = 0;
            for (int i = 0; i < TENANTS; i++) {
                perSecond[i] = Math.exp(SIZE_LOG_SD * draws.normal());
                all += perSecond[i];
            }
            for (int i = 0; i < TENANTS; i++) {
                perSecond[i] *= REQUESTS_PER_SECOND / all;
                traffic.put("t" + i, Math.round(1000 * perSecond[i]));
            }
            int seconds = BASELINE_SECONDS + phaseSeconds * WEIGHTS.length;
            ofStable = new Stalls(seconds);
            ofCanary = new Stalls(seconds);
            ofStable.every(ownStallEvery, draws);
            ofCanary.every(ownStallEvery, draws);
            ofStable.both(ofCanary, sharedStallEvery, draws);
            for (int phase = 0; phase < WEIGHTS.length; phase++) {
                double shift = BASELINE_SECONDS + phase * phaseSeconds + draws.uniform();
                ofCanary.add(shift, draws.uniform() * warmUpSeconds);
            }
        }

        Outcome outcome() {
            Analysis analysis = new Analysis(settings, history());
            Evidence evidence = analysis.begin(START + BASELINE_SECONDS);
            List<String> cohort = List.of();
            for (int phase = 0; phase < WEIGHTS.length; phase++) {
                cohort = Cohorts.grow(traffic, cohort, WEIGHTS[phase], CohortRules.DEFAULTS, "stalls");
                Set<String> canary = Set.copyOf(cohort);
                TrafficSplit split = TrafficSplit.byTenant(WEIGHTS[phase], canary);
                for (int i = 0; i < phaseSeconds; i++) {
                    int second = BASELINE_SECONDS + phase * phaseSeconds + i;
                    evidence = analysis.observe(evidence, split, samples(second, canary));
                    if (analysis.isHarmful(evidence)) {
                        return new Outcome(second + 1L - BASELINE_SECONDS, excess(analysis, evidence));
                    }
                }
            }
            return new Outcome(-1, excess(analysis, evidence));
        }

        private Baselines history() {
            Map<String, Baselines.Counts> tenants = new HashMap<>();
            for (int second = 0; second < BASELINE_SECONDS; second++) {
                for (TrafficSample s : samples(second, Set.of())) {
                    tenants.merge(
                            s.tenant(),
                            new Baselines.Counts(s.requests(), s.faults(), s.slow()),
                            Baselines.Counts::plus);
                }
            }
            return new Baselines(tenants, Map.of());
        }

        private List<TrafficSample> samples(int second, Set<String> canary) {
            List<TrafficSample> samples = new ArrayList<>();
            for (int i = 0; i < TENANTS; i++) {
                boolean onCanary = canary.contains("t" + i);
                double stalled = (onCanary ? ofCanary : ofStable).part(second);
                double chance = 1 - (1 - stalled) * (1 - USUALLY_SLOW) * (1 - (onCanary ? slower : 0));
                for (String operation : OPERATIONS) {
                    int requests = (int) draws.poisson(perSecond[i] / OPERATIONS.length);
                    int slow = 0;
                    for (int request = 0; request < requests; request++) {
                        slow += draws.uniform() < chance ? 1 : 0;
                    }
                    if (requests > 0) {
                        int cap = settings.capPerWindow();
                        samples.add(new TrafficSample(
                                START + second,
                                onCanary ? Track.CANARY : Track.STABLE,
                                "t" + i,
                                operation,
                                requests,
                                0,
                                Math.min(cap, slow),
                                slow > cap));
                    }
                }
            }
            return samples;
        }

        private static Excess excess(Analysis analysis, Evidence evidence) {
            return Objects.requireNonNull(analysis.numbers(evidence).metrics().get(Metric.SLOW))
                    .excess();
        }
    }

    /** When one release stalls. */
    private static final class Stalls {
        private static final double SHORTEST = 0.5;
        private static final double LONGEST = 3;

        /** Part of each second that falls into a stall. */
        private final double[] parts;

        Stalls(int seconds) {
            parts = new double[seconds];
        }

        double part(int second) {
            return parts[second];
        }

        void every(double mean, Draws draws) {
            for (double at = gap(mean, draws); at < parts.length; at += gap(mean, draws)) {
                add(at, length(draws));
            }
        }

        void both(Stalls other, double mean, Draws draws) {
            for (double at = gap(mean, draws); at < parts.length; at += gap(mean, draws)) {
                double length = length(draws);
                add(at, length);
                other.add(at + 2 * draws.uniform() - 1, length);
            }
        }

        void add(double from, double length) {
            for (int second = (int) Math.max(0, from); second < Math.min(parts.length, from + length); second++) {
                double inside = Math.min(second + 1, from + length) - Math.max(second, from);
                parts[second] = Math.min(1, parts[second] + inside);
            }
        }

        private static double gap(double mean, Draws draws) {
            return -mean * Math.log1p(-draws.uniform());
        }

        private static double length(Draws draws) {
            return SHORTEST + (LONGEST - SHORTEST) * draws.uniform();
        }
    }
}
