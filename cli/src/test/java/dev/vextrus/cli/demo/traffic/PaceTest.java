package dev.vextrus.cli.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final int SECONDS = 60;

    /** The rate after a minute on a machine whose P95 depends on the rate. */
    private static double after(Pace pace, DoubleUnaryOperator p95) {
        double rate = pace.first();
        for (int second = 0; second < SECONDS && !pace.settled(rate, p95.applyAsDouble(rate)); second++) {
            rate = pace.next(rate, p95.applyAsDouble(rate));
        }
        return pace.kept(rate);
    }

    @Test
    void a_machine_with_room_gets_the_rate_that_is_usual() {
        assertThat(after(new Pace(200, false), rate -> 20)).isEqualTo(200);
    }

    @Test
    void a_machine_that_falls_behind_gets_less_than_it_carries() {
        double rate = after(new Pace(200, false), r -> r > 100 ? 5_000 : r > 80 ? 200 : 30);
        assertThat(rate).isBetween(20.0, 100.0);
    }

    @Test
    void however_busy_the_machine_some_traffic_is_left() {
        assertThat(after(new Pace(200, false), rate -> 10_000)).isEqualTo(20);
    }

    @Test
    void a_rate_that_was_asked_for_is_kept_whatever_it_costs() {
        assertThat(after(new Pace(60, true), rate -> 10_000)).isEqualTo(60);
    }
}
