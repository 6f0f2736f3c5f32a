package dev.vextrus.finance.handling;

import static dev.vextrus.finance.handling.TestBooks.DAY;
import static dev.vextrus.finance.handling.TestBooks.USD;
import static dev.vextrus.finance.handling.TestBooks.code;
import static dev.vextrus.finance.handling.TestBooks.entry;
import static dev.vextrus.finance.handling.TestBooks.eur;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.kernel.Money;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a refusal over a line's base amount names is what was sent. */
class BaseAmountTest {
    private static final Money DOLLAR = Money.of(USD, "1.10");

    @Test
    void a_line_in_another_currency_that_says_nothing_of_the_base_currency_is_named_by_its_currency() {
        assertThat(refusalOf(Posting.of(code("1010"), DOLLAR)))
                .isEqualTo(new Refusal(
                        Rule.ENTRY_BASE_AMOUNT_WRONG,
                        "the line has 1.10 USD, and does not say how much that is in EUR, in which the books are kept",
                        "lines[0].currency",
                        "add the line's baseAmount, in EUR"));
    }

    @Test
    void a_base_amount_in_another_currency_is_named() {
        Refusal refusal = refusalOf(new Posting(code("1010"), eur("1.00"), DOLLAR, Map.of()));
        assertThat(refusal.rule()).isEqualTo(Rule.ENTRY_BASE_AMOUNT_WRONG);
        assertThat(refusal.field()).isEqualTo("lines[0].baseAmount");
        assertThat(refusal.message()).isEqualTo("the base amount 1.10 USD is not in the base currency EUR");
    }

    @Test
    void a_base_amount_of_the_other_side_is_named() {
        Refusal refusal = refusalOf(new Posting(code("1010"), DOLLAR, eur("-1.00"), Map.of()));
        assertThat(refusal.rule()).isEqualTo(Rule.ENTRY_BASE_AMOUNT_WRONG);
        assertThat(refusal.field()).isEqualTo("lines[0].baseAmount");
        assertThat(refusal.remedy()).contains("keep the sign");
    }

    private static Refusal refusalOf(Posting first) {
        return TestBooks.standard().refuse(entry(DAY, first, Posting.of(code("4000"), eur("-1.00"))));
    }
}
