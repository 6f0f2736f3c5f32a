package dev.vextrus.rollout.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.testkit.Plans;
import org.junit.jupiter.api.Test;

class PhasePowerTest {

    @Test
    void more_traffic_finds_smaller_harm_in_the_same_bake() {
        PhasePower little = PhasePower.of(Plans.hourly(), 600, 0.001).getFirst();
        PhasePower much = PhasePower.of(Plans.hourly(), 6000, 0.001).getFirst();

        assertThat(much.findsRatio().orElseThrow())
                .isLessThan(little.findsRatio().orElseThrow());
        assertThat(much.minutesToFindFivefold()).isLessThan(little.minutesToFindFivefold());
        assertThat(much.minutesToSafe()).isLessThan(little.minutesToSafe());
    }

    @Test
    void a_bake_that_can_find_nothing_says_so() {
        PhasePower starved = PhasePower.of(Plans.hourly(), 0.05, 0.001).getFirst();

        assertThat(starved.findsRatio()).isEmpty();
        assertThat(starved.say()).contains("10 %", "finds no harm by statistics");
    }
}
