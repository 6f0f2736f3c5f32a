package dev.vextrus.finance.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.finance.http.InFlight;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreStopTest {
    private final InFlight inFlight = new InFlight();
    private final PreStop preStop = new PreStop(inFlight);

    @Test
    void it_drains_and_answers_after_the_time_it_was_given() {
        long began = System.nanoTime();
        Answer answer = preStop.answer(new Route.Parameters(Map.of("seconds", "1")));
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(1_000_000_000L);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(inFlight.isDraining()).isTrue();
    }

    @Test
    void a_time_out_of_range_is_refused_before_anything_drains() {
        assertThatThrownBy(() -> preStop.answer(new Route.Parameters(Map.of("seconds", "121"))))
                .isInstanceOf(Route.BadParameter.class)
                .hasMessageContaining("seconds");
        assertThat(inFlight.isDraining()).isFalse();
    }
}
