package dev.vextrus.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vextrus.rollout.analysis.Baselines.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AnalysisTest {
    private static final long START = 1_800_000_000L;
    private static final TrafficSplit TENTH = TrafficSplit.byTenant(0.1, Set.of("c0", "c1"));
    private final Analysis analysis = new Analysis(AnalysisSettings.defaults(), Baselines.none());

    @Test
    void a_canary_that_fails_where_stable_does_not_is_harmful_for_its_faults() {
        Evidence evidence = run(analysis, TENTH, 15, second -> second % 2 == 0 ? 1 : 0, second -> 0);
        assertThat(analysis.verdict(evidence)).isInstanceOfSatisfying(Verdict.Harmful.class, harmful -> {
            assertThat(harmful.metric()).isEqualTo(Metric.FAULTS);
            assertThat(harmful.eValue()).isGreaterThanOrEqualTo(harmful.threshold());
            assertThat(harmful.tenants()).isEmpty();
            assertThat(harmful.numbers().shareSource()).isEqualTo(ShareSource.REQUESTS);
            assertThat(harmful.numbers().share()).isCloseTo(0.1, within(0.001));
        });
    }

    @Test
    void a_canary_that_is_slow_second_after_second_is_harmful_and_is_told_with_those_seconds() {
        Evidence evidence = slow(
                second -> second < 60 || second % 3 == 0 ? 0 : 2, second -> second < 60 ? 2 : second % 10 == 0 ? 1 : 0);
        assertThat(analysis.verdict(evidence)).isInstanceOfSatisfying(Verdict.Harmful.class, harmful -> {
            assertThat(harmful.metric()).isEqualTo(Metric.SLOW);
            Excess excess = slow(harmful.numbers()).excess();
            assertThat(excess.sinceSecond()).isBetween(START + 60, START + 63);
            assertThat(excess.shows(1.5)).isTrue();
        });
    }

    @Test
    void a_stall_of_the_canary_is_one_matter_however_many_requests_it_holds_up() {
        Evidence evidence = slow(second -> second >= 60 && second < 64 ? 2 : 0, second -> second < 60 ? 1 : 0);
        assertThat(analysis.verdict(evidence)).isNotInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void what_is_slow_right_after_a_shift_is_counted_and_not_held_against_the_canary() {
        Evidence evidence = slow(second -> second < 30 ? 2 : 0, second -> 0);
        assertThat(analysis.verdict(evidence)).isNotInstanceOf(Verdict.Harmful.class);
        assertThat(slow(analysis.numbers(evidence)).canaryCount()).isGreaterThan(50);
    }

    @Test
    void a_canary_that_is_seldomer_slow_than_stable_is_never_harmful_for_it() {
        Random random = new Random(11);
        for (int run = 0; run < 50; run++) {
            Evidence evidence =
                    slow(second -> random.nextInt(40) == 0 ? 2 : 0, second -> random.nextInt(6) == 0 ? 2 : 0);
            assertThat(analysis.verdict(evidence)).as("run %d, seed 11", run).isNotInstanceOf(Verdict.Harmful.class);
        }
    }

    private static VerdictNumbers.MetricNumbers slow(VerdictNumbers numbers) {
        return Objects.requireNonNull(numbers.metrics().get(Metric.SLOW));
    }

    /** Two minutes, 10 requests a second on the canary and 90 on stable; at most 2 of each can count as slow. */
    private Evidence slow(Faults canary, Faults stable) {
        List<TrafficSample> samples = new ArrayList<>();
        for (int second = 0; second < 120; second++) {
            int late = canary.in(second);
            int stableLate = stable.in(second);
            samples.add(new TrafficSample(START + second, Track.CANARY, "c0", "read", 10, 0, late, late > 1));
            samples.add(
                    new TrafficSample(START + second, Track.STABLE, "s0", "read", 90, 0, stableLate, stableLate > 1));
        }
        return analysis.observe(analysis.begin(START), TENTH, samples);
    }

    @Test
    void faults_that_both_tracks_have_in_proportion_are_no_harm() {
        Evidence evidence =
                run(analysis, TENTH, 600, second -> second % 10 == 0 ? 1 : 0, second -> second % 10 == 0 ? 9 : 1);
        assertThat(analysis.verdict(evidence)).isNotInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void about_a_thousand_faultless_requests_are_safe_and_fewer_are_not_yet() {
        Evidence few = run(analysis, TENTH, 90, second -> 0, second -> 0);
        assertThat(analysis.verdict(few)).isInstanceOfSatisfying(Verdict.Inconclusive.class, open -> {
            assertThat(open.missing()).anySatisfy(line -> assertThat(line).contains("faults"));
            assertThat(open.secondsToSafe().orElseThrow()).isBetween(5L, 25L);
        });
        Evidence enough = run(analysis, TENTH, 115, second -> 0, second -> 0);
        assertThat(analysis.verdict(enough)).isInstanceOf(Verdict.Safe.class);
    }

    @Test
    void a_release_at_twice_the_tolerated_rate_is_never_called_safe() {
        Random random = new Random(5);
        for (int run = 0; run < 200; run++) {
            Evidence evidence = analysis.begin(START);
            for (int minute = 0; minute < 100; minute++) {
                int faults = 0;
                for (int request = 0; request < 60; request++) {
                    faults += random.nextDouble() < 0.01 ? 1 : 0;
                }
                TrafficSample sample =
                        new TrafficSample(START + 60L * minute, Track.CANARY, "c0", "read", 60, faults, 0, false);
                evidence = analysis.observe(evidence, TENTH, List.of(sample));
                assertThat(analysis.verdict(evidence)).as("run %d, seed 5", run).isNotInstanceOf(Verdict.Safe.class);
            }
        }
    }

    @Test
    void samples_given_twice_count_once() {
        List<TrafficSample> samples = samples(60, second -> second % 20 == 0 ? 1 : 0, second -> 1);
        Evidence once = analysis.observe(analysis.begin(START), TENTH, samples);
        assertThat(analysis.observe(once, TENTH, samples)).isEqualTo(once);
        Evidence inTwo = analysis.observe(analysis.begin(START), TENTH, samples.subList(0, samples.size() / 2));
        assertThat(analysis.observe(inTwo, TENTH, samples)).isEqualTo(once);
    }

    @Test
    void evidence_survives_the_journal_and_stays_small() {
        Map<String, Counts> history = new HashMap<>();
        IntStream.range(0, 40).forEach(i -> history.put("c" + i, new Counts(100_000, 100, 0)));
        history.put("s", new Counts(10_000_000, 10_000, 0));
        Analysis known = new Analysis(AnalysisSettings.defaults(), new Baselines(history, Map.of()));
        TrafficSplit split = TrafficSplit.byTenant(0.3, cohort(40));
        List<TrafficSample> samples = new ArrayList<>();
        for (int second = 0; second < 3600; second++) {
            samples.add(new TrafficSample(
                    START + second, Track.CANARY, "c" + second % 40, "w", 3, second % 7 == 0 ? 1 : 0, 1, false));
            samples.add(
                    new TrafficSample(START + second, Track.STABLE, "s", "w", 20, second % 3 == 0 ? 1 : 0, 1, false));
        }
        Evidence evidence = known.observe(known.begin(START), split, samples);
        JsonMapper json = new JsonMapper();
        String written = json.writeValueAsString(evidence);
        assertThat(written).hasSizeLessThan(40_000);
        assertThat(evidence.tenants()).hasSize(40);
        assertThat(json.readValue(written, Evidence.class)).isEqualTo(evidence);
    }

    @Test
    void one_tenant_with_a_history_of_its_own_is_found_though_all_together_look_well() {
        Map<String, Counts> history = new HashMap<>();
        history.put("c0", new Counts(10_000, 1, 0));
        history.put("c1", new Counts(1_000_000, 5_000, 0));
        history.put("s0", new Counts(10_000_000, 10_000, 0));
        Analysis known = new Analysis(AnalysisSettings.defaults(), new Baselines(history, Map.of()));
        Evidence evidence = known.begin(START);
        for (int i = 0; i < 12; i++) {
            evidence = known.observe(
                    evidence,
                    TENTH,
                    List.of(
                            new TrafficSample(START + 10L * i, Track.CANARY, "c0", "w", 1, 1, 0, false),
                            new TrafficSample(START + 10L * i, Track.CANARY, "c1", "w", 400, 2, 0, false),
                            new TrafficSample(START + 10L * i, Track.STABLE, "s0", "w", 4000, 4, 0, false)));
        }
        assertThat(known.numbers(evidence).tenants().getFirst().tenant()).isEqualTo("c0");
        assertThat(known.verdict(evidence))
                .isInstanceOfSatisfying(
                        Verdict.Harmful.class,
                        harmful -> assertThat(harmful.tenants()).containsExactly("c0"));
    }

    @Test
    void an_outage_that_follows_requests_is_no_harm_to_tenants_that_seldom_failed() {
        Map<String, Counts> history = Map.of(
                "c0",
                new Counts(1_000_000, 10, 0),
                "c1",
                new Counts(1_000_000, 10, 0),
                "s0",
                new Counts(18_000_000, 90_000, 0));
        Analysis known = new Analysis(AnalysisSettings.defaults(), new Baselines(history, Map.of()));
        Evidence evidence = known.begin(START);
        for (int second = 0; second < 120; second++) {
            evidence = known.observe(
                    evidence,
                    TENTH,
                    List.of(
                            new TrafficSample(START + second, Track.CANARY, "c0", "w", 10, second % 2, 0, false),
                            new TrafficSample(START + second, Track.STABLE, "s0", "w", 90, 4 + second % 2, 0, false)));
            assertThat(known.verdict(evidence)).as("second %d", second).isNotInstanceOf(Verdict.Harmful.class);
        }
        assertThat(known.numbers(evidence).shareSource()).isEqualTo(ShareSource.OUTAGE);
    }

    @Test
    void with_hardly_any_stable_traffic_left_history_stands_in_and_the_numbers_say_so() {
        Map<String, Counts> history = Map.of("c0", new Counts(1_000_000, 1_000, 0), "s0", new Counts(10_000, 10, 0));
        Analysis known = new Analysis(AnalysisSettings.defaults(), new Baselines(history, Map.of()));
        TrafficSplit all = TrafficSplit.byTenant(1, Set.of("c0", "s0"));
        Evidence good = known.begin(START);
        Evidence bad = known.begin(START);
        for (int second = 0; second < 300; second++) {
            int chance = second % 20 == 0 ? 1 : 0;
            good = known.observe(
                    good,
                    all,
                    List.of(new TrafficSample(START + second, Track.CANARY, "c0", "w", 50, chance, 0, false)));
            bad = known.observe(
                    bad,
                    all,
                    List.of(new TrafficSample(
                            START + second, Track.CANARY, "c0", "w", 50, second % 4 == 0 ? 1 : 0, 0, false)));
        }
        assertThat(known.verdict(good)).isNotInstanceOf(Verdict.Harmful.class);
        assertThat(known.verdict(bad)).isInstanceOf(Verdict.Harmful.class);
        assertThat(known.numbers(bad).concurrent()).isFalse();
        assertThat(known.numbers(bad).shareSource()).isEqualTo(ShareSource.FROZEN_HISTORY);
    }

    @Test
    void without_history_the_last_phase_is_compared_with_what_stable_did_before() {
        Evidence evidence = run(analysis, TENTH, 300, second -> 0, second -> second % 20 == 0 ? 1 : 0);
        TrafficSplit all = TrafficSplit.byTenant(1, Set.of("c0", "c1", "s0"));
        for (int second = 300; second < 360; second++) {
            evidence = analysis.observe(
                    evidence,
                    all,
                    List.of(new TrafficSample(START + second, Track.CANARY, "c0", "w", 100, second % 2, 0, false)));
        }
        assertThat(analysis.numbers(evidence).shareSource()).isEqualTo(ShareSource.FROZEN_STABLE);
        assertThat(analysis.verdict(evidence)).isInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void a_large_stable_tenant_at_the_cap_does_not_make_the_small_canary_look_ill() {
        Evidence evidence = analysis.begin(START);
        for (int second = 0; second < 120; second++) {
            List<TrafficSample> samples = new ArrayList<>();
            // Half of all requests fail on both tracks; the large tenant shows 2 faults, the cap, of its 45.
            samples.add(new TrafficSample(START + second, Track.CANARY, "c0", "w", 2, 1, 0, false));
            samples.add(new TrafficSample(START + second, Track.CANARY, "c1", "w", 2, 1, 0, false));
            samples.add(new TrafficSample(START + second, Track.STABLE, "s0", "w", 45, 2, 0, true));
            evidence = analysis.observe(evidence, TENTH, samples);
        }
        assertThat(analysis.verdict(evidence)).isNotInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void requests_that_do_not_follow_the_cohort_keep_the_release_from_being_called_safe() {
        List<TrafficSample> samples = new ArrayList<>(samples(600, second -> 0, second -> 0));
        for (int second = 10; second < 200; second++) {
            samples.add(new TrafficSample(START + second, Track.CANARY, "s0", "read", 1, 0, 0, false));
        }
        Evidence evidence = analysis.observe(analysis.begin(START), TENTH, samples);
        assertThat(analysis.numbers(evidence).sampleRatio().mismatch()).isTrue();
        assertThat(analysis.numbers(evidence).sampleRatio().misrouted()).isEqualTo(190);
        assertThat(analysis.verdict(evidence))
                .isInstanceOfSatisfying(
                        Verdict.Inconclusive.class,
                        open -> assertThat(open.missing().getFirst())
                                .contains("did not go where the split sends them"));
    }

    @Test
    void a_random_split_is_checked_against_its_weight() {
        Random random = new Random(3);
        assertThat(mismatch(0.1, random)).isFalse();
        assertThat(mismatch(0.14, random)).isTrue();
    }

    @Test
    void a_stable_release_that_is_late_has_got_no_fewer_requests_than_its_share() {
        TrafficSplit split = TrafficSplit.byRequest(0.1);
        List<TrafficSample> samples = new ArrayList<>();
        for (int second = 0; second < 40; second++) {
            int answered = second < 20 ? 0 : 45;
            samples.add(new TrafficSample(START + second, Track.CANARY, "a", "read", 5, 5, 0, 0, false));
            samples.add(new TrafficSample(START + second, Track.STABLE, "a", "read", 45, answered, 0, 0, false));
        }
        Evidence evidence = analysis.observe(analysis.begin(START), split, samples);

        assertThat(evidence.sampleRatio().mismatch()).isFalse();
        assertThat(evidence.sampleRatio().requests()).isEqualTo(50 * 35);
        assertThat(evidence.throughSecond()).isEqualTo(START + 39);
    }

    @Test
    void what_was_sent_before_the_split_changed_has_not_gone_astray_however_late_it_is_answered() {
        List<TrafficSample> samples = new ArrayList<>(samples(600, second -> 0, second -> 0));
        for (int second = 0; second < 20; second++) {
            samples.add(new TrafficSample(START + second, Track.STABLE, "c0", "read", 0, 10, 0, 0, false));
        }
        Evidence evidence = analysis.observe(analysis.begin(START), TENTH, samples);

        assertThat(evidence.sampleRatio().misrouted()).isZero();
    }

    private boolean mismatch(double actual, Random random) {
        TrafficSplit split = TrafficSplit.byRequest(0.1);
        Evidence evidence = analysis.begin(START);
        for (int second = 0; second < 300; second++) {
            int canary = 0;
            for (int request = 0; request < 50; request++) {
                canary += random.nextDouble() < actual ? 1 : 0;
            }
            evidence = analysis.observe(
                    evidence,
                    split,
                    List.of(
                            new TrafficSample(START + second, Track.CANARY, "a", "read", canary, 0, 0, false),
                            new TrafficSample(START + second, Track.STABLE, "a", "read", 50 - canary, 0, 0, false)));
        }
        return analysis.numbers(evidence).sampleRatio().mismatch();
    }

    private static Set<String> cohort(int tenants) {
        return Set.copyOf(IntStream.range(0, tenants).mapToObj(i -> "c" + i).toList());
    }

    private static Evidence run(Analysis analysis, TrafficSplit split, int seconds, Faults canary, Faults stable) {
        return analysis.observe(analysis.begin(START), split, samples(seconds, canary, stable));
    }

    private static List<TrafficSample> samples(int seconds, Faults canary, Faults stable) {
        List<TrafficSample> samples = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            String tenant = "c" + second % 2;
            samples.add(new TrafficSample(START + second, Track.CANARY, tenant, "w", 10, canary.in(second), 0, false));
            samples.add(new TrafficSample(START + second, Track.STABLE, "s0", "w", 90, stable.in(second), 0, false));
        }
        return samples;
    }

    @FunctionalInterface
    private interface Faults {
        int in(int second);
    }
}
