package dev.vextrus.benchmarks.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.benchmarks.verdict.Scenario.History;
import dev.vextrus.benchmarks.verdict.VerdictBenchmark.Named;
import dev.vextrus.benchmarks.verdict.VerdictBenchmark.Row;
import dev.vextrus.rollout.analysis.AnalysisSettings;
import dev.vextrus.rollout.analysis.Power;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Few runs each, so bounds are wide: with 20 good releases of which 1 % are aborted, three are so once in a thousand times. */
class VerdictSimulationTest {
    private static final long SEED = 20_261_121;
    private static final int RUNS = 20;
    private static final VerdictBenchmark FEW = new VerdictBenchmark(RUNS, SEED);

    @Test
    void good_releases_stay_and_are_called_safe_where_tenants_differ() {
        Row row = run(Scenario.of(60, 2, 1));
        assertThat(row.ours().falseRollbacks()).as(about(row)).isLessThanOrEqualTo(2.0 / RUNS);
        assertThat(row.safe()).as(about(row)).isGreaterThan(0.9);
    }

    @Test
    void five_times_the_faults_are_found_near_the_information_bound() {
        Row row = FEW.row(new Named("", Scenario.of(60, 0, 5)));
        assertThat(row.ours().detected()).as(about(row)).isEqualTo(1);
        // The mean of 20 runs lies within 30 % of the true one; the ADR's table has more runs and the tight figure.
        assertThat(row.overBound()).as(about(row)).isBetween(0.8, 1.65);
    }

    @Test
    void harm_that_begins_late_is_not_buried_by_good_hours() {
        Row row = run(Scenario.of(60, 0, 5).harmFromHour(24));
        assertThat(row.ours().detected()).as(about(row)).isEqualTo(1);
        assertThat(row.ours().meanMinutes()).as(about(row)).isLessThan(130);
    }

    @Test
    void an_outage_that_both_tracks_share_rolls_nothing_back() {
        Row row = run(Scenario.of(60, 2, 1).withOutage(0.05));
        assertThat(row.ours().falseRollbacks()).as(about(row)).isLessThanOrEqualTo(2.0 / RUNS);
        assertThat(row.flaggerLike().falseRollbacks()).as(about(row)).isEqualTo(1);
    }

    @Test
    void bursts_are_one_matter_when_grouped_and_condemn_good_releases_when_counted_raw() {
        Row grouped = run(Scenario.of(60, 1, 1).withBursts(10));
        Row raw = run(Scenario.of(60, 1, 1).withBursts(10).ungrouped());
        assertThat(grouped.ours().falseRollbacks()).as(about(grouped)).isLessThanOrEqualTo(2.0 / RUNS);
        assertThat(raw.ours().falseRollbacks()).as(about(raw)).isGreaterThan(0.3);
    }

    @Test
    void retries_of_one_key_change_nothing() {
        Row quiet = run(Scenario.of(60, 1, 1));
        Row stormy = run(Scenario.of(60, 1, 1).withRetries(5));
        assertThat(stormy.ours()).as(about(stormy)).isEqualTo(quiet.ours());
    }

    @Test
    void rates_that_moved_since_the_history_seldom_roll_a_good_release_back() {
        Row row = run(Scenario.of(60, 1, 1).withDrift(0.5, true));
        assertThat(row.ours().falseRollbacks()).as(about(row)).isLessThanOrEqualTo(2.0 / RUNS);
    }

    @Test
    void without_history_the_share_of_requests_misjudges_cohorts_whose_tenants_differ() {
        Row without = run(Scenario.of(60, 2, 1).withHistory(History.NONE));
        Row with = run(Scenario.of(60, 2, 1));
        assertThat(without.ours().falseRollbacks())
                .as(about(without))
                .isGreaterThan(with.ours().falseRollbacks());
    }

    @Test
    void a_fifth_of_five_requests_a_second_failing_is_decided_within_15_seconds() {
        assertDecided(LiveDetection.fifthOfFivePerSecond());
    }

    @Test
    void a_tenth_of_the_mutations_failing_is_decided_within_15_seconds() {
        assertDecided(LiveDetection.tenthOfMutations());
    }

    @Test
    void a_machine_that_stalls_rolls_no_good_release_back() {
        assertStalls(StalledRollout.busy(), 100, 2);
        assertStalls(StalledRollout.busy().lasting(300), 10, 1);
        assertStalls(StalledRollout.calm(), 100, 2);
    }

    @Test
    void a_release_that_is_slow_with_all_its_requests_is_found_within_the_demo() {
        int runs = 50;
        long late = LongStream.range(0, runs)
                .map(i -> StalledRollout.calm()
                        .slowerWith(1)
                        .run(AnalysisSettings.defaults(), SEED + i)
                        .decidedAfter())
                .filter(seconds -> seconds < 0 || seconds > 60)
                .count();
        assertThat(late).as("of %d runs, seed %d", runs, SEED).isZero();
    }

    private static void assertStalls(StalledRollout rollout, int runs, long most) {
        long wrongly = LongStream.range(0, runs)
                .mapToObj(i -> rollout.run(AnalysisSettings.defaults(), SEED + i))
                .filter(outcome -> outcome.decidedAfter() >= 0)
                .count();
        assertThat(wrongly).as("of %d runs of %s, seed %d", runs, rollout, SEED).isLessThanOrEqualTo(most);
    }

    @Test
    void the_power_estimate_agrees_with_what_the_simulation_takes() {
        double estimated = new Power(AnalysisSettings.defaults(), 60, 540, 0.001).minutesToFind(5);
        Row row = run(Scenario.of(60, 0, 5));
        assertThat(row.ours().meanMinutes()).as(about(row)).isBetween(estimated * 0.7, estimated * 1.4);
    }

    private static void assertDecided(LiveDetection detection) {
        int runs = 200;
        long late = LongStream.range(0, runs)
                .mapToObj(i -> detection.run(AnalysisSettings.defaults(), SEED + i))
                .filter(outcome -> outcome.seconds() < 0 || outcome.seconds() >= 15 || outcome.harmed() >= 20)
                .count();
        assertThat(late).as("of %d runs, seed %d", runs, SEED).isLessThanOrEqualTo(6);
    }

    private static Row run(Scenario scenario) {
        return FEW.row(new Named("", scenario));
    }

    private static String about(Row row) {
        return "seed " + SEED + ": " + VerdictBenchmark.line(row);
    }
}
