package dev.vextrus.finance.codec;

import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;

/** Money as {@link Money#toString()} writes it: {@code -12.34 EUR}, with exactly the currency's decimals. */
final class MoneyText {

    private MoneyText() {}

    /** @throws IllegalArgumentException if {@code text} has another form; an amount is never rounded or completed */
    static Money parse(String text) {
        int blank = text.indexOf(' ');
        if (blank < 1) {
            throw malformed(text);
        }
        CurrencyCode currency = CurrencyCode.of(text.substring(blank + 1));
        int decimals = currency.minorUnits();
        int point = blank - decimals - 1;
        if (decimals > 0 && (point < 1 || text.charAt(point) != '.')) {
            throw malformed(text);
        }
        String digits =
                decimals == 0 ? text.substring(0, blank) : text.substring(0, point) + text.substring(point + 1, blank);
        try {
            return Money.ofMinor(currency, Long.parseLong(digits));
        } catch (NumberFormatException notANumber) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("money: '" + text + "' is not an amount and a currency such as 12.34 EUR");
    }
}
