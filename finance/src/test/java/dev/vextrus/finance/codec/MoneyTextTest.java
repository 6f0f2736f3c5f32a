package dev.vextrus.finance.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoneyTextTest {

    @Test
    void what_money_writes_is_read_back() {
        for (String code : List.of("EUR", "JPY", "BHD", "CLF")) {
            for (long minor : new long[] {0, 1, -1, 99, -100, 12345, Long.MAX_VALUE, -Long.MAX_VALUE}) {
                Money money = Money.ofMinor(CurrencyCode.of(code), minor);
                assertThat(MoneyText.parse(money.toString())).isEqualTo(money);
            }
        }
    }

    @Test
    void nothing_is_rounded_completed_or_guessed() {
        for (String text : List.of(
                "",
                "EUR",
                "1 EUR",
                "1.2 EUR",
                "1.234 EUR",
                "1,23 EUR",
                ".23 EUR",
                "1.23EUR",
                "1.23  EUR",
                "1.23 XYZ",
                "1.-2 EUR",
                "92233720368547758.08 EUR")) {
            assertThatThrownBy(() -> MoneyText.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
