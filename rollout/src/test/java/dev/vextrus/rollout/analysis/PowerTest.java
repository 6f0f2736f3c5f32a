package dev.vextrus.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerTest {
    private final Power power = new Power(AnalysisSettings.defaults(), 60, 540, 0.001);

    @Test
    void the_information_bound_is_that_of_the_design() {
        assertThat(power.boundMinutes(5, 1)).isCloseTo(39, within(0.7));
    }

    @Test
    void more_harm_is_found_sooner_and_what_is_found_within_a_bake_agrees() {
        assertThat(power.minutesToFind(10)).isLessThan(power.minutesToFind(5));
        double smallest = power.smallestRatioFound(48 * 60).orElseThrow();
        assertThat(power.minutesToFind(smallest)).isCloseTo(48 * 60, within(1.0));
        assertThat(smallest).isBetween(1.5, 3.0);
    }

    @Test
    void a_bake_too_short_for_any_harm_says_so() {
        assertThat(power.smallestRatioFound(0.01)).isEmpty();
    }

    @Test
    void no_traffic_never_finds_anything() {
        Power none = new Power(AnalysisSettings.defaults(), 0, 600, 0.001);
        assertThat(none.minutesToFind(5)).isInfinite();
        assertThat(none.minutesToSafe(Metric.FAULTS)).isInfinite();
    }

    @Test
    void about_a_thousand_faultless_requests_show_safety() {
        Power faultless = new Power(AnalysisSettings.defaults(), 60, 540, 0);
        assertThat(faultless.minutesToSafe(Metric.FAULTS) * 60).isBetween(920.0, 1150.0);
    }
}
