package dev.vextrus.cli.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.cli.demo.traffic.Pace.Look;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final int SECONDS = 60;

    /** The rate after a minute on a machine that looks so at each rate. */
    private static double after(Pace pace, DoubleFunction<Look> machine) {
        double rate = pace.first();
        for (int second = 0; second < SECONDS && !pace.settled(rate, machine.apply(rate)); second++) {
            rate = pace.next(rate, machine.apply(rate));
        }
        return pace.kept(rate, machine.apply(rate));
    }

    @Test
    void a_machine_with_room_gets_the_rate_that_is_wanted() {
        assertThat(after(new Pace(60, 200, 0.8), rate -> new Look(20, rate / 300)))
                .isEqualTo(200);
    }

    @Test
    void a_machine_that_falls_behind_gets_less_than_it_carries() {
        assertThat(after(new Pace(60, 200, 0.8), rate -> new Look(rate > 150 ? 5_000 : rate > 130 ? 200 : 30, 0.5)))
                .isBetween(60.0, 120.0);
    }

    @Test
    void a_machine_whose_processors_are_full_gets_the_least() {
        assertThat(after(new Pace(60, 200, 0.8), rate -> new Look(30, 1))).isEqualTo(60);
    }

    @Test
    void a_rate_that_leaves_too_little_of_the_processors_is_lowered_by_as_much() {
        Pace pace = Pace.leaving(0.8, 2, 60, 200);

        assertThat(after(pace, rate -> new Look(30, rate / 250))).isBetween(140.0, 160.0);
        assertThat(after(pace, rate -> new Look(30, rate / 400))).isEqualTo(200);
    }

    @Test
    void more_processors_leave_room_for_what_comes_on_top() {
        assertThat(Pace.leaving(0.8, 2, 60, 200).full()).isEqualTo(0.6);
        assertThat(Pace.leaving(0.8, 16, 60, 200).full()).isEqualTo(0.8);
        assertThat(Pace.leaving(0.8, 1, 60, 200).full()).isEqualTo(0.2);
    }

    @Test
    void however_late_the_answers_the_least_is_kept() {
        assertThat(after(new Pace(60, 200, 0.8), rate -> new Look(10_000, 1))).isEqualTo(60);
    }

    @Test
    void a_rate_that_was_insisted_on_is_kept_whatever_it_costs() {
        assertThat(after(Pace.insisting(150), rate -> new Look(10_000, 1))).isEqualTo(150);
    }
}
