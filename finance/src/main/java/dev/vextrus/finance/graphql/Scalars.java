package dev.vextrus.finance.graphql;

import dev.vextrus.kernel.CurrencyCode;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Function;

/** Our scalars. Each is written as text, so that no client's number type can round an amount or a position. */
final class Scalars {
    /** 64-bit amounts have at most 19 digits; the rest is room for decimals that are then refused by name. */
    private static final int LONGEST_DECIMAL = 40;

    static final GraphQLScalarType DECIMAL = scalar(
            "Decimal",
            "an exact decimal number such as \"12.34\"",
            Scalars::decimal,
            value -> ((BigDecimal) value).toPlainString());
    static final GraphQLScalarType DATE =
            scalar("Date", "a date such as \"2026-01-31\"", Scalars::date, Object::toString);
    static final GraphQLScalarType MONTH =
            scalar("Month", "a month such as \"2026-01\"", Scalars::month, Object::toString);
    static final GraphQLScalarType DATE_TIME =
            scalar("DateTime", "a moment such as \"2026-01-31T09:30:00Z\"", Scalars::moment, Object::toString);
    static final GraphQLScalarType POSITION =
            scalar("Position", "a log position, 0 and up", Scalars::position, Object::toString);
    static final GraphQLScalarType CURRENCY_CODE =
            scalar("CurrencyCode", "an ISO 4217 code such as \"EUR\"", CurrencyCode::of, Object::toString);

    private Scalars() {}

    private static BigDecimal decimal(String text) {
        if (text.length() > LONGEST_DECIMAL || !text.matches("-?[0-9]+(\\.[0-9]+)?")) {
            throw new NumberFormatException("not a plain decimal number");
        }
        return new BigDecimal(text);
    }

    private static LocalDate date(String text) {
        LocalDate date = LocalDate.parse(text);
        requireUsualYear(date.getYear());
        return date;
    }

    private static YearMonth month(String text) {
        YearMonth month = YearMonth.parse(text);
        requireUsualYear(month.getYear());
        return month;
    }

    private static Instant moment(String text) {
        Instant moment = Instant.parse(text);
        requireUsualYear(moment.atOffset(ZoneOffset.UTC).getYear());
        return moment;
    }

    /** Java's calendar goes further than PostgreSQL's, and both further than anybody's books. */
    private static void requireUsualYear(int year) {
        if (year < 1 || year > 9999) {
            throw new DateTimeException("the year " + year + " is not between 1 and 9999");
        }
    }

    private static Long position(String text) {
        long value = Long.parseLong(text);
        if (value < 0) {
            throw new NumberFormatException("below 0");
        }
        return value;
    }

    private static GraphQLScalarType scalar(
            String name, String form, Function<String, Object> parse, Function<Object, String> print) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new TextCoercing(name, form, parse, print))
                .build();
    }

    private record TextCoercing(
            String name, String form, Function<String, Object> parse, Function<Object, String> print)
            implements Coercing<Object, String> {

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return print.apply(value);
        }

        /** Whole numbers are exact in JSON as well; a fraction arrives as a binary one and is refused. */
        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof String
                    || input instanceof Integer
                    || input instanceof Long
                    || input instanceof BigInteger) {
                try {
                    return parse.apply(input.toString());
                } catch (IllegalArgumentException | DateTimeException malformed) {
                    throw new CoercingParseValueException(name + " must be " + form, malformed);
                }
            }
            throw new CoercingParseValueException(name + " must be " + form + ", written as a string");
        }

        @Override
        public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            String text = switch (input) {
                case StringValue string -> String.valueOf(string.getValue());
                case IntValue number -> number.getValue().toString();
                default -> throw new CoercingParseLiteralException(name + " must be " + form + ", written as a string");
            };
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException | DateTimeException malformed) {
                throw new CoercingParseLiteralException(name + " must be " + form, malformed);
            }
        }
    }
}
