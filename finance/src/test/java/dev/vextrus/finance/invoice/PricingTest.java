package dev.vextrus.finance.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.tenant.TaxRounding;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricingTest {
    private static final CurrencyCode EUR = CurrencyCode.of("EUR");

    @Test
    void tax_is_added_to_an_exclusive_price_and_taken_out_of_an_inclusive_one() {
        assertThat(price(TaxRounding.PER_LINE, line("2", "50", "0", tax("19", false))))
                .extracting(PricedLine::net, PricedLine::tax)
                .containsExactly(tuple(eur("100.00"), eur("19.00")));
        assertThat(price(TaxRounding.PER_LINE, line("1", "119", "0", tax("19", true))))
                .extracting(PricedLine::net, PricedLine::tax)
                .containsExactly(tuple(eur("100.00"), eur("19.00")));
    }

    @Test
    void a_discount_comes_off_before_rounding_and_tax() {
        // 3 x 3.335 = 10.005, less 10 % = 9.0045, rounded once.
        assertThat(price(TaxRounding.PER_LINE, line("3", "3.335", "10", null))
                        .getFirst()
                        .net())
                .isEqualTo(eur("9.00"));
    }

    @Test
    void half_a_cent_is_rounded_away_from_zero() {
        assertThat(price(TaxRounding.PER_LINE, line("1", "0.125", "0", null))
                        .getFirst()
                        .net())
                .isEqualTo(eur("0.13"));
        assertThat(price(TaxRounding.PER_LINE, line("1", "-0.125", "0", null))
                        .getFirst()
                        .net())
                .isEqualTo(eur("-0.13"));
    }

    @Test
    void rounding_per_line_and_per_document_differ_where_fractions_add_up() {
        // 7 % of 0.07 is 0.0049: nothing on a line, 0.49 cent x 3 = 1.47 cents, so one cent on the document.
        InvoiceLine line = line("1", "0.07", "0", tax("7", false));
        assertThat(tax(price(TaxRounding.PER_LINE, line, line, line))).isEqualTo(eur("0.00"));
        assertThat(tax(price(TaxRounding.PER_DOCUMENT, line, line, line))).isEqualTo(eur("0.01"));
    }

    @Test
    void lines_add_up_to_the_document_s_tax_rounded_once_for_any_lines() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            boolean inclusive = random.nextBoolean();
            List<InvoiceLine> lines = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                lines.add(line(
                        "1",
                        BigDecimal.valueOf(random.nextInt(100_000), 2).toPlainString(),
                        "0",
                        tax("19", inclusive)));
            }
            List<PricedLine> priced = Pricing.price(lines, EUR, TaxRounding.PER_DOCUMENT);
            BigDecimal prices = lines.stream().map(InvoiceLine::unitPrice).reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal exact = prices.multiply(BigDecimal.valueOf(19));
            BigDecimal hundredths = BigDecimal.valueOf(inclusive ? 119 : 100);
            assertThat(tax(priced).amount())
                    .as("seed %d", seed)
                    .isEqualTo(exact.divide(hundredths, 2, RoundingMode.HALF_UP));
            Money total = priced.stream().map(PricedLine::gross).reduce(eur("0.00"), Money::plus);
            assertThat(total.amount())
                    .as("seed %d", seed)
                    .isEqualTo(inclusive ? prices : prices.add(tax(priced).amount()));
        }
    }

    private static List<PricedLine> price(TaxRounding rounding, InvoiceLine... lines) {
        return Pricing.price(List.of(lines), EUR, rounding);
    }

    private static Money tax(List<PricedLine> lines) {
        return lines.stream().map(PricedLine::tax).reduce(eur("0.00"), Money::plus);
    }

    private static Tax tax(String percent, boolean inclusive) {
        return new Tax("T", new BigDecimal(percent), inclusive, null);
    }

    private static InvoiceLine line(String quantity, String price, String discount, @Nullable Tax tax) {
        return new InvoiceLine(
                "x",
                new BigDecimal(quantity),
                new BigDecimal(price),
                new BigDecimal(discount),
                tax,
                AccountCode.of("4000"));
    }

    private static Money eur(String amount) {
        return Money.of(EUR, amount);
    }
}
