package dev.vextrus.kernel;

import java.util.Currency;
import java.util.Objects;
import java.util.Optional;

/**
 * An ISO 4217 alphabetic currency code that has a minor unit, such as {@code EUR} (2), {@code JPY} (0) or {@code BHD}
 * (3). Codes without one (gold {@code XAU}, testing {@code XTS}) cannot hold money here and are refused.
 */
public record CurrencyCode(String code) implements Comparable<CurrencyCode> {

    /** @throws IllegalArgumentException if {@code code} is not an ISO 4217 code with a minor unit */
    public CurrencyCode {
        Objects.requireNonNull(code, "code");
        if (find(code).isEmpty()) {
            throw new IllegalArgumentException(
                    "currency: '" + code + "' is not an ISO 4217 code with a minor unit; write one such as EUR or USD");
        }
    }

    public static CurrencyCode of(String code) {
        return new CurrencyCode(code);
    }

    /** Whether {@code code} could be a {@link CurrencyCode}; for input that is refused rather than thrown at. */
    public static boolean isKnown(String code) {
        return find(code).isPresent();
    }

    /** Digits after the decimal point: 0 to 4. */
    public int minorUnits() {
        return Currency.getInstance(code).getDefaultFractionDigits();
    }

    @Override
    public int compareTo(CurrencyCode other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }

    private static Optional<Currency> find(String code) {
        try {
            return Optional.of(Currency.getInstance(code)).filter(currency -> currency.getDefaultFractionDigits() >= 0);
        } catch (IllegalArgumentException notIso) {
            return Optional.empty();
        }
    }
}
