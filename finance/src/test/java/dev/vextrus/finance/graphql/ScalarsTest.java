package dev.vextrus.finance.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.GraphQLContext;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ScalarsTest {

    @Test
    void a_decimal_is_taken_digit_by_digit_and_given_back_as_it_was() {
        Object value = parse(Scalars.DECIMAL, "90071992547409.93");
        assertThat(value).isEqualTo(new BigDecimal("90071992547409.93"));
        assertThat(print(Scalars.DECIMAL, value)).isEqualTo("90071992547409.93");
        assertThat(print(Scalars.DECIMAL, new BigDecimal("1E+3"))).isEqualTo("1000");
    }

    @Test
    void a_whole_number_is_exact_and_taken_but_a_binary_fraction_is_not() {
        assertThat(parse(Scalars.DECIMAL, 12)).isEqualTo(new BigDecimal("12"));
        refused(Scalars.DECIMAL, new BigDecimal("0.5").floatValue());
    }

    @Test
    void exponents_signs_blanks_and_endless_digits_are_no_amounts() {
        for (String text : new String[] {"1e9", "+1", " 1", "1.", ".5", "", "NaN", "0x10", "9".repeat(41), "١"}) {
            refused(Scalars.DECIMAL, text);
        }
    }

    @Test
    void positions_dates_months_and_currencies_have_their_form() {
        assertThat(parse(Scalars.POSITION, "42")).isEqualTo(42L);
        refused(Scalars.POSITION, "-1");
        refused(Scalars.DATE, "2026-02-30");
        refused(Scalars.MONTH, "2026-13");
        refused(Scalars.CURRENCY_CODE, "EURO");
        assertThat(print(Scalars.CURRENCY_CODE, parse(Scalars.CURRENCY_CODE, "EUR")))
                .isEqualTo("EUR");
    }

    private static Object parse(GraphQLScalarType scalar, Object input) {
        Object value = scalar.getCoercing().parseValue(input, GraphQLContext.getDefault(), Locale.ROOT);
        assertThat(value).isNotNull();
        return java.util.Objects.requireNonNull(value);
    }

    private static Object print(GraphQLScalarType scalar, Object value) {
        return java.util.Objects.requireNonNull(
                scalar.getCoercing().serialize(value, GraphQLContext.getDefault(), Locale.ROOT));
    }

    private static void refused(GraphQLScalarType scalar, Object input) {
        assertThatThrownBy(() -> parse(scalar, input))
                .isInstanceOf(CoercingParseValueException.class)
                .hasMessageContaining(scalar.getName());
    }
}
