package dev.vextrus.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NumericsTest {
    @Test
    void the_gamma_function_continues_the_factorial() {
        assertThat(Math.exp(Numerics.logGamma(6))).isCloseTo(120, within(1e-7));
        assertThat(Math.exp(Numerics.logGamma(0.5))).isCloseTo(Math.sqrt(Math.PI), within(1e-9));
        assertThat(Numerics.logGamma(0.25)).isCloseTo(1.2880225246980774, within(1e-9));
    }

    @Test
    void poisson_tails_agree_with_summing_the_probabilities() {
        for (double mean : new double[] {0.01, 0.5, 3, 40}) {
            double below = 0;
            double term = Math.exp(-mean);
            for (int count = 0; count < 100; count++) {
                assertThat(Numerics.poissonAtLeast(count, mean))
                        .as("%d of %s", count, mean)
                        .isCloseTo(1 - below, within(1e-9));
                below += term;
                assertThat(Numerics.poissonAtMost(count, mean))
                        .as("%d of %s", count, mean)
                        .isCloseTo(below, within(1e-9));
                term *= mean / (count + 1);
            }
        }
    }

    @Test
    void small_tails_keep_their_digits() {
        assertThat(Numerics.poissonAtLeast(10, 0.1)).isCloseTo(2.5163e-17, within(1e-20));
    }

    @Test
    void a_capped_mean_is_the_mean_for_small_counts_and_the_cap_for_large_ones() {
        assertThat(Numerics.cappedMean(0.001, 2)).isCloseTo(0.001, within(1e-9));
        assertThat(Numerics.cappedMean(1, 1)).isCloseTo(1 - Math.exp(-1), within(1e-12));
        assertThat(Numerics.cappedMean(100, 2)).isCloseTo(2, within(1e-9));
    }

    @Test
    void adding_in_log_space_does_not_overflow() {
        assertThat(Numerics.logAddExp(1000, 1000)).isCloseTo(1000 + Math.log(2), within(1e-9));
        assertThat(Numerics.logAddExp(Double.NEGATIVE_INFINITY, 3)).isEqualTo(3);
    }

    @Test
    void gamma_quantiles_are_near_the_tabled_ones() {
        // Chi-square with 20 degrees of freedom: 99 % point 37.566, 1 % point 8.260; variance of the mean-1 gamma is
        // 0.1.
        assertThat(Numerics.gammaQuantile(0.1, 2.3263)).isCloseTo(37.566 / 20, within(0.01));
        assertThat(Numerics.gammaQuantile(0.1, -2.3263)).isCloseTo(8.260 / 20, within(0.01));
    }
}
