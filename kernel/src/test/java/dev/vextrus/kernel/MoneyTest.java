package dev.vextrus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MoneyTest {
    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final CurrencyCode JPY = CurrencyCode.of("JPY");

    @Test
    void keeps_the_scale_of_the_currency() {
        assertThat(Money.of(EUR, "12.3").minorUnits()).isEqualTo(1230);
        assertThat(Money.of(JPY, "12").minorUnits()).isEqualTo(12);
        assertThat(Money.of(CurrencyCode.of("BHD"), "-0.001").minorUnits()).isEqualTo(-1);
        assertThat(Money.of(EUR, "12.3")).hasToString("12.30 EUR");
    }

    @Test
    void refuses_to_round_unless_told_how() {
        assertThatThrownBy(() -> Money.of(EUR, "0.005"))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("more than 2 decimals");
        assertThat(Money.of(EUR, new BigDecimal("0.005"), RoundingMode.HALF_EVEN))
                .isEqualTo(Money.zero(EUR));
        assertThat(Money.of(EUR, "1.500")).isEqualTo(Money.ofMinor(EUR, 150));
    }

    @Test
    void refuses_to_mix_currencies() {
        assertThatThrownBy(() -> Money.of(EUR, "1").plus(Money.of(JPY, "1"))).hasMessageContaining("EUR and JPY");
        assertThatThrownBy(() -> Money.of(EUR, "1").compareTo(Money.of(JPY, "1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void throws_rather_than_overflow() {
        Money most = Money.ofMinor(EUR, Long.MAX_VALUE);
        assertThatThrownBy(() -> most.plus(Money.ofMinor(EUR, 1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofMinor(EUR, Long.MIN_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of(EUR, "92233720368547758.08")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_sum_may_grow_past_what_one_amount_can_be() {
        MoneySum most = new MoneySum(EUR, BigInteger.valueOf(Long.MAX_VALUE));
        assertThat(most.plus(most)).hasToString("184467440737095516.14 EUR");
        assertThat(most.plus(most).minus(most)).isEqualTo(most);
        assertThatThrownBy(() -> most.plus(MoneySum.zero(JPY))).hasMessageContaining("EUR and JPY");
    }

    @Test
    void allocates_by_largest_remainder() {
        assertThat(Money.of(EUR, "0.05").allocate(1, 1, 1))
                .containsExactly(Money.ofMinor(EUR, 2), Money.ofMinor(EUR, 2), Money.ofMinor(EUR, 1));
        assertThat(Money.of(EUR, "1.00").allocate(2, 0, 1))
                .containsExactly(Money.ofMinor(EUR, 67), Money.zero(EUR), Money.ofMinor(EUR, 33));
    }

    @Test
    void allocation_conserves_every_minor_unit_whatever_the_amount_and_weights() {
        Random random = new Random(42);
        for (int run = 0; run < 10_000; run++) {
            Money amount = Money.ofMinor(EUR, random.nextLong() / 4);
            long[] weights = random.longs(1 + random.nextInt(12), 0, 1_000_000).toArray();
            weights[0]++;
            Money[] shares = amount.allocate(weights);
            assertThat(Arrays.stream(shares).reduce(Money.zero(EUR), Money::plus))
                    .as("run %d: %s over %s", run, amount, Arrays.toString(weights))
                    .isEqualTo(amount);
            assertThat(shares).allMatch(share -> share.isZero() || share.isNegative() == amount.isNegative());
        }
    }

    @Test
    void allocation_refuses_weights_that_mean_nothing() {
        assertThatThrownBy(() -> Money.of(EUR, "1").allocate(0, 0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> Money.of(EUR, "1").allocate(1, -1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> Money.of(EUR, "1").allocate()).hasMessageContaining("above 0");
    }
}
