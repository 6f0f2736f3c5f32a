package dev.vextrus.benchmarks.verdict;

import dev.vextrus.benchmarks.verdict.Scenario.History;
import dev.vextrus.rollout.analysis.AnalysisSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How often the verdict rolls back good releases, and how soon it finds bad ones: simulated rollouts of 48 hours, a look
 * every ten seconds, beside the information bound and two rivals' rules. Seeded: the same runs and seed give the same table.
 *
 * <p>{@code new VerdictBenchmark(100, 1).run(System.err::println)} takes some minutes; rows come as they are done.
 *
 * @param runs rollouts for each row, 1 or more; rows of 600 requests a minute take a third, at least 1
 * @param seed of the first rollout; the others follow it
 */
public record VerdictBenchmark(int runs, long seed) {
    private static final int RUSHED_PART = 3;
    private static final int LIVE_RUNS = 10;

    /** @throws IllegalArgumentException if {@code runs} is below 1 */
    public VerdictBenchmark {
        if (runs < 1) {
            throw new IllegalArgumentException("runs: " + runs + "; give 1 or more");
        }
    }

    /**
     * One rule's part of a row.
     *
     * @param falseRollbacks share of rollouts that were aborted before there was any harm, 0 to 1
     * @param detected       share of rollouts that were aborted after the harm began, 0 to 1
     * @param medianMinutes  from the harm's beginning to the abort, of those detected; 0 where none was
     * @param meanMinutes    the same
     */
    public record RuleFigures(double falseRollbacks, double detected, double medianMinutes, double meanMinutes) {}

    /**
     * @param name           what the release and its traffic are like
     * @param ratio          the canary's fault rate over the stable one's; 1 is a good release
     * @param boundMinutes   information bound, the mean over the rollouts; 0 for good releases
     * @param overBound      our detection time over the rollout's own bound, the mean over those detected; 0 for none
     * @param ours           our verdict, and {@code argoLike} and {@code flaggerLike} the rivals' rules
     * @param oneTenant      share of rollouts that ours aborted for a single tenant's sake, 0 to 1
     * @param safe           share of good releases that ours called safe within the 48 hours
     * @param safeMinutes    how long that took, median; 0 where never
     */
    public record Row(
            String name,
            int runs,
            double canaryPerMinute,
            double ratio,
            double harmHour,
            double boundMinutes,
            double overBound,
            RuleFigures ours,
            RuleFigures argoLike,
            RuleFigures flaggerLike,
            double oneTenant,
            double safe,
            double safeMinutes) {}

    /**
     * A release that is bad from its first request on, seen in one-second samples.
     *
     * @param name            what it does
     * @param medianSeconds   from the first canary request to the verdict
     * @param p99Seconds      the same
     * @param medianHarmed    canary requests that failed until then
     * @param p99Harmed       the same
     */
    public record LiveRow(
            String name, int runs, long medianSeconds, long p99Seconds, long medianHarmed, long p99Harmed) {}

    /**
     * Rollouts on a machine that stalls, so that slow requests come in crowds.
     *
     * @param name          what the machine and the release are like
     * @param rolledBack    share of the rollouts that were rolled back, 0 to 1: wrongly, where the release is good
     * @param medianSeconds from the first canary request to the rollback, of those; 0 where none was
     * @param longest       the same for the last of them
     */
    public record StallRow(String name, boolean good, int runs, double rolledBack, long medianSeconds, long longest) {}

    /** All rows. */
    public record Table(long seed, List<Row> rows, List<LiveRow> live, List<StallRow> stalls) {}

    /** Runs everything; each row is given to {@code progress} as a line of text when it is done, the heading first. */
    public Table run(Consumer<String> progress) {
        progress.accept(heading());
        List<Row> rows = new ArrayList<>();
        scenarios().forEach(named -> {
            Row row = row(named);
            rows.add(row);
            progress.accept(line(row));
        });
        List<LiveRow> live = List.of(
                live("20 % errors at 5 canary requests/s", LiveDetection.fifthOfFivePerSecond()),
                live("10 % of mutations fail at 20 canary requests/s", LiveDetection.tenthOfMutations()));
        live.forEach(row -> progress.accept(line(row)));
        List<StallRow> stalls = stalledRollouts().stream()
                .map(this::stalls)
                .peek(row -> progress.accept(line(row)))
                .toList();
        return new Table(seed, rows, live, stalls);
    }

    record Stalling(String name, boolean good, StalledRollout rollout) {}

    static List<Stalling> stalledRollouts() {
        StalledRollout busy = StalledRollout.busy();
        StalledRollout calm = StalledRollout.calm();
        return List.of(
                new Stalling("good, both stall often, 4 phases of 30 s", true, busy),
                new Stalling("good, both stall often, 4 phases of 5 min", true, busy.lasting(300)),
                new Stalling("good, only the canary stalls, once after each shift", true, calm),
                new Stalling("all requests slow, calm, phases of 30 s", false, calm.slowerWith(1)),
                new Stalling("all requests slow, both stall often, phases of 30 s", false, busy.slowerWith(1)),
                new Stalling("30 % slow, calm, phases of 30 s", false, calm.slowerWith(0.3)),
                new Stalling(
                        "5 % slow against 0.5 %, calm, phases of 5 min",
                        false, calm.lasting(300).slowerWith(0.05)));
    }

    StallRow stalls(Stalling stalling) {
        int count = stalling.rollout().phaseSeconds() > 100 ? runs : runs * LIVE_RUNS;
        long[] decided = IntStream.range(0, count)
                .mapToLong(i -> stalling.rollout()
                        .run(AnalysisSettings.defaults(), seed + i)
                        .decidedAfter())
                .filter(seconds -> seconds >= 0)
                .sorted()
                .toArray();
        boolean none = decided.length == 0;
        return new StallRow(
                stalling.name(),
                stalling.good(),
                count,
                share(decided.length, count),
                none ? 0 : decided[decided.length / 2],
                none ? 0 : decided[decided.length - 1]);
    }

    record Named(String name, Scenario scenario) {}

    static List<Named> scenarios() {
        List<Named> all = new ArrayList<>();
        for (double perMinute : new double[] {60, 600}) {
            for (double spread : new double[] {0, 1, 2}) {
                for (double ratio : new double[] {1, 2, 5, 10}) {
                    all.add(new Named("spread " + (int) spread, Scenario.of(perMinute, spread, ratio)));
                }
            }
            for (double hour : new double[] {6, 24, 40}) {
                for (double ratio : new double[] {2, 5, 10}) {
                    all.add(new Named(
                            "spread 1, late", Scenario.of(perMinute, 1, ratio).harmFromHour(hour)));
                }
            }
            for (double ratio : new double[] {1, 5}) {
                all.addAll(hardships(perMinute, ratio));
            }
        }
        return all;
    }

    private static List<Named> hardships(double perMinute, double ratio) {
        Scenario one = Scenario.of(perMinute, 1, ratio);
        Scenario two = Scenario.of(perMinute, 2, ratio);
        return List.of(
                new Named("spread 1, no history", one.withHistory(History.NONE)),
                new Named("spread 2, no history", two.withHistory(History.NONE)),
                new Named("spread 1, exact history", one.withHistory(History.EXACT)),
                new Named("drift 0.5 a day, seen in history", one.withDrift(0.5, true)),
                new Named("drift 0.5 since history", one.withDrift(0.5, false)),
                new Named("spread 2, shared outage of 5 %", two.withOutage(0.05)),
                new Named("spread 2, shared outage of 50 %", two.withOutage(0.5)),
                new Named("bursts of 10", one.withBursts(10)),
                new Named("bursts of 10, counted raw", one.withBursts(10).ungrouped()),
                new Named("5 retries of each fault", one.withRetries(5)),
                new Named("5 retries, counted raw", one.withRetries(5).ungrouped()),
                new Named("one tenant 20 times worse for 1 h", one.withNoisyTenant(20)),
                new Named("cohort of one tenant", one.withTenants(2)));
    }

    Row row(Named named) {
        Scenario scenario = named.scenario();
        AnalysisSettings settings = AnalysisSettings.defaults();
        int count = scenario.canaryPerMinute() > 100 ? Math.max(1, runs / RUSHED_PART) : runs;
        List<SimulatedRollout.Outcome> outcomes = IntStream.range(0, count)
                .mapToObj(i -> SimulatedRollout.run(scenario, settings, seed + i, true))
                .toList();
        double[] safe = outcomes.stream()
                .mapToDouble(SimulatedRollout.Outcome::safeMinutes)
                .filter(minutes -> !Double.isNaN(minutes))
                .sorted()
                .toArray();
        double bound = outcomes.stream()
                .mapToDouble(SimulatedRollout.Outcome::boundMinutes)
                .average()
                .orElse(0);
        return new Row(
                named.name(),
                count,
                scenario.canaryPerMinute(),
                scenario.ratio(),
                scenario.harmHour(),
                Double.isNaN(bound) ? 0 : bound,
                overBound(scenario, outcomes),
                figures(scenario, outcomes, 0),
                figures(scenario, outcomes, 1),
                figures(scenario, outcomes, 2),
                share(
                        outcomes.stream()
                                .filter(SimulatedRollout.Outcome::oneTenant)
                                .count(),
                        count),
                share(safe.length, count),
                safe.length == 0 ? 0 : safe[safe.length / 2]);
    }

    private static double overBound(Scenario scenario, List<SimulatedRollout.Outcome> outcomes) {
        double begin = scenario.harmHour() * 60;
        return outcomes.stream()
                .filter(outcome -> outcome.minutes().getFirst() >= begin && outcome.boundMinutes() > 0)
                .mapToDouble(outcome -> (outcome.minutes().getFirst() - begin) / outcome.boundMinutes())
                .average()
                .orElse(0);
    }

    private static RuleFigures figures(Scenario scenario, List<SimulatedRollout.Outcome> outcomes, int rule) {
        double begin = scenario.harmHour() * 60;
        int early = 0;
        List<Double> after = new ArrayList<>();
        for (SimulatedRollout.Outcome outcome : outcomes) {
            double minutes = outcome.minutes().get(rule);
            if (!Double.isNaN(minutes) && (scenario.ratio() == 1 || minutes < begin)) {
                early++;
            } else if (!Double.isNaN(minutes)) {
                after.add(minutes - begin);
            }
        }
        double[] sorted =
                after.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new RuleFigures(
                share(early, outcomes.size()),
                share(sorted.length, outcomes.size()),
                sorted.length == 0 ? 0 : sorted[sorted.length / 2],
                Arrays.stream(sorted).average().orElse(0));
    }

    private LiveRow live(String name, LiveDetection detection) {
        int count = runs * LIVE_RUNS;
        List<LiveDetection.Outcome> outcomes = IntStream.range(0, count)
                .mapToObj(i -> detection.run(AnalysisSettings.defaults(), seed + i))
                .toList();
        // A rollout in which nothing was found counts as the longest of all.
        long[] seconds = outcomes.stream()
                .mapToLong(outcome -> outcome.seconds() < 0 ? Long.MAX_VALUE : outcome.seconds())
                .sorted()
                .toArray();
        long[] harmed = outcomes.stream()
                .mapToLong(LiveDetection.Outcome::harmed)
                .sorted()
                .toArray();
        int p99 = count * 99 / 100;
        return new LiveRow(name, count, seconds[count / 2], seconds[p99], harmed[count / 2], harmed[p99]);
    }

    private static double share(long part, long all) {
        return all == 0 ? 0 : (double) part / all;
    }

    static String heading() {
        return "canary/min  ratio  from h  what                               runs  bound | ours: false  found   median     mean"
                + "  /bound  tenant    safe (min) | Argo-like: false  found  median | Flagger-like: false  found  median";
    }

    static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "%10.0f  %5.0f  %6.0f  %-33s  %5d  %5s |     %6.1f%% %5.0f%%  %7s  %7s  %6s  %5.1f%%  %4.0f%% %6s |          %5.1f%% %5.0f%%"
                        + " %7s |             %5.1f%% %5.0f%% %7s",
                row.canaryPerMinute(),
                row.ratio(),
                row.harmHour(),
                row.name(),
                row.runs(),
                minutes(row.boundMinutes()),
                100 * row.ours().falseRollbacks(),
                100 * row.ours().detected(),
                minutes(row.ours().medianMinutes()),
                minutes(row.ours().meanMinutes()),
                row.overBound() > 0 ? String.format(Locale.ROOT, "%.2f", row.overBound()) : "-",
                100 * row.oneTenant(),
                100 * row.safe(),
                minutes(row.safeMinutes()),
                100 * row.argoLike().falseRollbacks(),
                100 * row.argoLike().detected(),
                minutes(row.argoLike().medianMinutes()),
                100 * row.flaggerLike().falseRollbacks(),
                100 * row.flaggerLike().detected(),
                minutes(row.flaggerLike().medianMinutes()));
    }

    static String line(LiveRow row) {
        return String.format(
                Locale.ROOT,
                "%s: decided after %d s (99 %% within %d s), %d requests harmed (99 %% within %d), %d runs",
                row.name(),
                row.medianSeconds(),
                row.p99Seconds(),
                row.medianHarmed(),
                row.p99Harmed(),
                row.runs());
    }

    static String line(StallRow row) {
        return String.format(
                Locale.ROOT,
                "slow requests: %s: %s in %.1f %% of %d rollouts%s",
                row.name(),
                row.good() ? "rolled back wrongly" : "found",
                100 * row.rolledBack(),
                row.runs(),
                row.rolledBack() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, ", after %d s (at most %d s)", row.medianSeconds(), row.longest()));
    }

    private static String minutes(double minutes) {
        return minutes > 0 ? String.format(Locale.ROOT, minutes < 10 ? "%.1f" : "%.0f", minutes) : "-";
    }
}
