package dev.vextrus.rolloutkubernetes.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSharesTest {

    @ParameterizedTest(name = "{0} of {1} + {2} ready pods: {3} + {4} serve")
    @CsvSource({
        "0.1, 10, 1, 9, 1", // stable keeps all of its pods; one of them rests
        "0.1, 9, 1, 9, 1",
        "0.3, 10, 3, 7, 3",
        "0.6, 10, 6, 4, 6",
        "1,   10, 10, 0, 10",
        "0,   10, 6, 10, 0",
        "0.1, 1, 1, 1, 1", // 50 %: preflight refuses it beforehand
        "0.5, 3, 3, 3, 3", // of equally near shares the one with most pods
        "0.1, 10, 0, 10, 0", // the canary has died: stable serves alone
        "0.1, 0, 1, 0, 1", // stable has died: better the canary than nobody
        "0,   0, 3, 0, 0" // but nobody rather than a release that was taken back
    })
    void the_nearest_share_serves(double weight, int readyStable, int readyCanary, int stable, int canary) {
        assertThat(PodShares.nearest(weight, readyStable, readyCanary)).isEqualTo(new PodShares(stable, canary));
    }

    @Test
    void the_share_is_that_of_an_even_spread() {
        assertThat(new PodShares(9, 1).share()).isEqualTo(0.1);
        assertThat(new PodShares(0, 0).share()).isZero();
    }
}
