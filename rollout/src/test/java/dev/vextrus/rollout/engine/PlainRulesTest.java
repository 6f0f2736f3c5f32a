package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.engine.PlainRules.Broken;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrackWindow.LatencyBucket;
import dev.vextrus.rollout.plan.RollbackRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlainRulesTest {
    private static final Instant NOW = Instant.ofEpochSecond(10_000);
    private static final Instant LONG_AGO = NOW.minusSeconds(3600);

    @Test
    void a_canary_above_the_bound_breaks_it_alone() {
        Broken broken = Objects.requireNonNull(judge(traffic(25, 1000, 1, 1000), LONG_AGO));

        assertThat(broken.reason()).isEqualTo(ReasonCode.ERROR_RATE);
        assertThat(broken.shared()).isFalse();
        assertThat(broken.lasting()).isTrue();
    }

    @Test
    void few_faults_break_nothing_however_high_the_rate() {
        assertThat(judge(traffic(4, 8, 0, 1000), LONG_AGO)).isNull();
    }

    @Test
    void a_rate_above_the_bound_by_chance_breaks_nothing() {
        assertThat(judge(traffic(15, 1000, 1, 1000), LONG_AGO)).isNull();
    }

    @Test
    void what_stable_shows_as_well_is_shared() {
        assertThat(Objects.requireNonNull(judge(traffic(400, 1000, 380, 1000), LONG_AGO))
                        .shared())
                .isTrue();
    }

    @Test
    void a_canary_that_fails_at_once_is_not_blamed_before_stable_has_answered_what_it_was_asked_meanwhile() {
        List<TrackWindow> windows = bothAreWellUntil(9_980);
        windows.add(new TrackWindow(9_985, Color.GREEN, 37, 36, 0, List.of()));
        assertThat(judge(taken(windows), LONG_AGO)).isNull();

        windows.add(new TrackWindow(9_999, Color.BLUE, 40, 40, 0, List.of()));
        assertThat(Objects.requireNonNull(judge(taken(windows), LONG_AGO)).shared())
                .isTrue();
    }

    @Test
    void a_stable_release_that_answers_well_later_or_not_for_long_is_no_excuse() {
        List<TrackWindow> answered = bothAreWellUntil(9_980);
        answered.add(new TrackWindow(9_985, Color.GREEN, 37, 36, 0, List.of()));
        answered.add(new TrackWindow(9_999, Color.BLUE, 40, 0, 0, List.of()));
        assertThat(Objects.requireNonNull(judge(taken(answered), LONG_AGO)).shared())
                .isFalse();

        List<TrackWindow> silent = bothAreWellUntil(9_950);
        silent.add(new TrackWindow(9_955, Color.GREEN, 37, 36, 0, List.of()));
        assertThat(Objects.requireNonNull(judge(taken(silent), LONG_AGO)).shared())
                .isFalse();
    }

    @Test
    void where_stable_is_sent_nothing_nobody_waits_for_its_answers() {
        List<TrackWindow> windows = bothAreWellUntil(9_980);
        windows.add(new TrackWindow(9_985, Color.GREEN, 37, 36, 0, List.of()));

        assertThat(PlainRules.judge(taken(windows), RollbackRules.DEFAULTS, LONG_AGO, NOW, false))
                .isNotNull();
    }

    private static List<TrackWindow> bothAreWellUntil(long end) {
        List<TrackWindow> windows = new ArrayList<>();
        for (long second = 9_700; second < end; second++) {
            windows.add(new TrackWindow(second, Color.GREEN, 1, 0, 0, List.of()));
            windows.add(new TrackWindow(second, Color.BLUE, 2, 0, 0, List.of()));
        }
        return windows;
    }

    private static RecentTraffic taken(List<TrackWindow> windows) {
        return RecentTraffic.over(300).plus(windows, Color.GREEN);
    }

    @Test
    void an_ill_stable_release_does_not_shield_a_far_worse_canary() {
        assertThat(Objects.requireNonNull(judge(traffic(300, 1000, 15, 1000), LONG_AGO))
                        .shared())
                .isFalse();
    }

    @Test
    void the_window_must_have_been_served_in_full() {
        assertThat(Objects.requireNonNull(judge(traffic(30, 1000, 0, 1000), NOW.minusSeconds(60)))
                        .lasting())
                .isFalse();
    }

    @Test
    void many_requests_are_judged_as_few_are() {
        assertThat(judge(traffic(2_000, 100_000, 10, 100_000), LONG_AGO)).isNotNull();
        assertThat(judge(traffic(1_010, 100_000, 10, 100_000), LONG_AGO)).isNull();
    }

    @Test
    void a_percentile_over_twice_that_of_stable_breaks_the_bound() {
        Broken broken = Objects.requireNonNull(judge(slow(9_700, 10_000, 10), LONG_AGO));

        assertThat(broken.reason()).isEqualTo(ReasonCode.LATENCY);
        assertThat(broken.lasting()).isTrue();
    }

    @Test
    void a_stall_makes_many_slow_requests_at_once_and_does_not_last() {
        Broken broken = Objects.requireNonNull(judge(slow(9_960, 9_980, 100), LONG_AGO));

        assertThat(broken.lasting()).isFalse();
    }

    @Test
    void one_good_stretch_does_not_hide_a_release_that_is_slow_in_all_others() {
        assertThat(Objects.requireNonNull(judge(slow(9_760, 10_000, 10), LONG_AGO))
                        .lasting())
                .isTrue();
        assertThat(Objects.requireNonNull(judge(slow(9_820, 10_000, 10), LONG_AGO))
                        .lasting())
                .isFalse();
    }

    /** Ten requests a second on each track; so many of the canary's are slow in the seconds from and to. */
    private static RecentTraffic slow(long from, long to, long slowOnes) {
        List<TrackWindow> windows = new ArrayList<>();
        for (long second = 9_700; second < 10_000; second++) {
            boolean ill = second >= from && second < to;
            List<LatencyBucket> canary = ill ? List.of(bucket(400, slowOnes)) : List.of(bucket(50, 10));
            windows.add(new TrackWindow(second, Color.GREEN, ill ? slowOnes : 10, 0, 0, canary));
            windows.add(new TrackWindow(second, Color.BLUE, 10, 0, 0, List.of(bucket(50, 10))));
        }
        return RecentTraffic.over(300).plus(windows, Color.GREEN);
    }

    @Test
    void a_percentile_that_stable_has_as_well_is_shared() {
        List<LatencyBucket> slow = List.of(bucket(50, 20), bucket(2_000, 80));
        RecentTraffic recent = RecentTraffic.over(300)
                .plus(
                        List.of(
                                new TrackWindow(9_900, Color.GREEN, 100, 0, 0, slow),
                                new TrackWindow(9_900, Color.BLUE, 100, 0, 0, slow)),
                        Color.GREEN);

        assertThat(Objects.requireNonNull(judge(recent, LONG_AGO)))
                .returns(ReasonCode.LATENCY, Broken::reason)
                .returns(true, Broken::shared);
    }

    private static LatencyBucket bucket(double upTo, long count) {
        return new LatencyBucket(upTo, count);
    }

    private static @Nullable Broken judge(RecentTraffic recent, Instant servedSince) {
        return PlainRules.judge(recent, RollbackRules.DEFAULTS, servedSince, NOW, true);
    }

    private static RecentTraffic traffic(long canaryFaults, long canary, long stableFaults, long stable) {
        List<TrackWindow> windows = new ArrayList<>();
        windows.add(new TrackWindow(9_900, Color.GREEN, canary, canaryFaults, 0, List.of()));
        windows.add(new TrackWindow(9_900, Color.BLUE, stable, stableFaults, 0, List.of()));
        return RecentTraffic.over(300).plus(windows, Color.GREEN);
    }
}
