package dev.vextrus.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact sum of amounts of one currency. A single {@link Money} fits into 64 bits; what many of them add up to need
 * not, and a report must not fail for it.
 *
 * @param currency the currency
 * @param minorUnits the sum in that currency's minor units, positive or negative, of any size
 */
public record MoneySum(CurrencyCode currency, BigInteger minorUnits) {

    public static MoneySum zero(CurrencyCode currency) {
        return new MoneySum(currency, BigInteger.ZERO);
    }

    /** @throws IllegalArgumentException if {@code other} is in another currency */
    public MoneySum plus(MoneySum other) {
        return new MoneySum(currency, minorUnits.add(sameCurrency(other)));
    }

    /** @throws IllegalArgumentException if {@code other} is in another currency */
    public MoneySum minus(MoneySum other) {
        return new MoneySum(currency, minorUnits.subtract(sameCurrency(other)));
    }

    /** The sum with exactly the currency's number of decimals. */
    public BigDecimal amount() {
        return new BigDecimal(minorUnits, currency.minorUnits());
    }

    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency;
    }

    private BigInteger sameCurrency(MoneySum other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currencies: " + currency + " and " + other.currency + " do not mix");
        }
        return other.minorUnits;
    }
}
