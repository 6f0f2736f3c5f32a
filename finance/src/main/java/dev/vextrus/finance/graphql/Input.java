package dev.vextrus.finance.graphql;

import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mutation's input object, read field by field with the path at hand, so that a refusal names the exact place, such as
 * {@code lines[1].amount}. The schema has already checked types and presence.
 */
public final class Input {
    private final String path;
    private final Map<String, Object> values;

    private Input(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    public static Input of(Map<String, Object> values) {
        return new Input("", values);
    }

    /** The field's value, which the schema promises to be there and of that type. */
    public <T> T value(String field, Class<T> type) {
        T value = find(field, type);
        if (value == null) {
            throw invalid(field, "is missing", "give it a value");
        }
        return value;
    }

    public <T> @Nullable T find(String field, Class<T> type) {
        Object value = values.get(field);
        return value == null ? null : type.cast(value);
    }

    public String text(String field) {
        return value(field, String.class);
    }

    /** The text, or an empty one. */
    public String textOrEmpty(String field) {
        String text = find(field, String.class);
        return text == null ? "" : text;
    }

    /** The text made into something that refuses wrong forms by {@link IllegalArgumentException}. */
    public <T> T parse(String field, Function<String, T> form) {
        String text = text(field);
        try {
            return form.apply(text);
        } catch (IllegalArgumentException malformed) {
            throw invalid(field, "has a form that is not taken", String.valueOf(malformed.getMessage()));
        }
    }

    public <T> @Nullable T parseIfPresent(String field, Function<String, T> form) {
        return values.get(field) == null ? null : parse(field, form);
    }

    public <E extends Enum<E>> E choice(String field, Class<E> type) {
        return Enum.valueOf(type, text(field));
    }

    /** The amount in {@code currency}; refused where it has more decimals than the currency. */
    public Money money(String field, CurrencyCode currency) {
        BigDecimal amount = value(field, BigDecimal.class);
        if (amount.stripTrailingZeros().scale() > currency.minorUnits()) {
            throw new InputRefusal(
                    "AMOUNT_DECIMALS",
                    path + field,
                    amount.toPlainString() + " " + currency + " has more than " + currency.minorUnits() + " decimals",
                    "write it with at most " + currency.minorUnits() + " decimals");
        }
        try {
            return Money.of(currency, amount);
        } catch (ArithmeticException tooLarge) {
            throw new InputRefusal(
                    "AMOUNT_TOO_LARGE",
                    path + field,
                    amount.toPlainString() + " " + currency + " is too large",
                    "write an amount that fits into 64 bits of minor units");
        }
    }

    /** A {@code MoneyInput}. */
    public Money money(String field) {
        Input money = object(field);
        return money.money("amount", money.value("currency", CurrencyCode.class));
    }

    public boolean has(String field) {
        return values.get(field) != null;
    }

    public Input object(String field) {
        return new Input(path + field + ".", map(value(field, Map.class)));
    }

    public List<Input> list(String field) {
        List<Input> inputs = new ArrayList<>();
        int index = 0;
        for (Object each : value(field, List.class)) {
            inputs.add(new Input(path + field + "[" + index++ + "].", map((Map<?, ?>) each)));
        }
        return inputs;
    }

    /** A list of {@code KeyValueInput}. */
    public Map<String, String> pairs(String field) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Input pair : list(field)) {
            if (pairs.put(pair.text("key"), pair.text("value")) != null) {
                throw pair.invalid("key", "is there twice", "name each key once");
            }
        }
        return pairs;
    }

    public InputRefusal invalid(String field, String what, String remedy) {
        return new InputRefusal("INPUT_INVALID", path + field, path + field + " " + what, remedy);
    }

    private static Map<String, Object> map(Map<?, ?> raw) {
        Map<String, Object> values = new LinkedHashMap<>();
        raw.forEach((key, value) -> values.put(String.valueOf(key), value));
        return values;
    }
}
