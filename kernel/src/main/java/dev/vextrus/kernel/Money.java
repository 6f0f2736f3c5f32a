package dev.vextrus.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;

/**
 * An exact amount in the minor units of one currency: {@code 12.34 EUR} is {@code (EUR, 1234)}. Arithmetic never rounds
 * by itself and never mixes currencies; what does not fit into 64 bits throws.
 *
 * @param currency the currency
 * @param minorUnits the amount in that currency's minor units, positive or negative; never {@link Long#MIN_VALUE}, so
 *     that every amount has its opposite
 */
public record Money(CurrencyCode currency, long minorUnits) implements Comparable<Money> {

    public Money {
        Objects.requireNonNull(currency, "currency");
        if (minorUnits == Long.MIN_VALUE) {
            throw new ArithmeticException("amount: -2^63 minor units have no opposite; write an amount nearer to 0");
        }
    }

    public static Money zero(CurrencyCode currency) {
        return new Money(currency, 0);
    }

    public static Money ofMinor(CurrencyCode currency, long minorUnits) {
        return new Money(currency, minorUnits);
    }

    /**
     * The exact amount.
     *
     * @throws ArithmeticException if {@code amount} has more decimals than the currency, or does not fit
     */
    public static Money of(CurrencyCode currency, BigDecimal amount) {
        return of(currency, amount, RoundingMode.UNNECESSARY);
    }

    /**
     * The amount, rounded as told.
     *
     * @throws ArithmeticException if it does not fit, or rounding is {@link RoundingMode#UNNECESSARY} and needed
     */
    public static Money of(CurrencyCode currency, BigDecimal amount, RoundingMode rounding) {
        try {
            BigDecimal scaled = amount.setScale(currency.minorUnits(), rounding);
            return new Money(currency, scaled.unscaledValue().longValueExact());
        } catch (ArithmeticException e) {
            throw new ArithmeticException("amount: " + amount.toPlainString() + " " + currency + " has more than "
                    + currency.minorUnits() + " decimals or is too large; say how to round, or write it exactly");
        }
    }

    /** @throws ArithmeticException as {@link #of(CurrencyCode, BigDecimal)}; NumberFormatException if not a number */
    public static Money of(CurrencyCode currency, String amount) {
        return of(currency, new BigDecimal(amount));
    }

    /** The amount with exactly the currency's number of decimals. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minorUnits, currency.minorUnits());
    }

    public Money plus(Money other) {
        return new Money(currency, Math.addExact(minorUnits, sameCurrency(other)));
    }

    public Money minus(Money other) {
        return new Money(currency, Math.subtractExact(minorUnits, sameCurrency(other)));
    }

    public Money negated() {
        return new Money(currency, Math.negateExact(minorUnits));
    }

    public Money abs() {
        return isNegative() ? negated() : this;
    }

    public Money times(long factor) {
        return new Money(currency, Math.multiplyExact(minorUnits, factor));
    }

    /** The product, rounded as told to a whole number of minor units. */
    public Money times(BigDecimal factor, RoundingMode rounding) {
        return of(currency, amount().multiply(factor), rounding);
    }

    /**
     * Splits the amount in proportion to {@code weights} without losing or making a minor unit: each share gets its
     * proportion rounded towards zero, and the minor units left over go one each to the shares with the largest
     * remainders, earlier shares first (the largest-remainder method of Hamilton).
     *
     * @param weights at least one, none negative, not all zero
     * @return shares in the order of the weights; their sum is this amount
     */
    public Money[] allocate(long... weights) {
        BigDecimal total = BigDecimal.ZERO;
        for (long weight : weights) {
            if (weight < 0) {
                throw new IllegalArgumentException("weights: " + weight + " is negative; write 0 or more");
            }
            total = total.add(BigDecimal.valueOf(weight));
        }
        if (total.signum() == 0) {
            throw new IllegalArgumentException("weights: at least one must be above 0");
        }
        Money[] shares = new Money[weights.length];
        BigDecimal[] remainders = new BigDecimal[weights.length];
        long left = minorUnits;
        for (int i = 0; i < weights.length; i++) {
            BigDecimal[] parts = BigDecimal.valueOf(minorUnits)
                    .multiply(BigDecimal.valueOf(weights[i]))
                    .divideAndRemainder(total);
            shares[i] = new Money(currency, parts[0].longValueExact());
            remainders[i] = parts[1].abs();
            left -= shares[i].minorUnits;
        }
        long unit = Long.signum(left);
        Integer[] order = new Integer[weights.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> remainders[b].compareTo(remainders[a]));
        for (int i = 0; left != 0; i++, left -= unit) {
            shares[order[i]] = new Money(currency, shares[order[i]].minorUnits + unit);
        }
        return shares;
    }

    public boolean isZero() {
        return minorUnits == 0;
    }

    public boolean isNegative() {
        return minorUnits < 0;
    }

    public boolean isPositive() {
        return minorUnits > 0;
    }

    /** Compares amounts of one currency. */
    @Override
    public int compareTo(Money other) {
        return Long.compare(minorUnits, sameCurrency(other));
    }

    /** Such as {@code 12.34 EUR}. */
    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency;
    }

    private long sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currency: cannot mix " + currency + " and " + other.currency);
        }
        return other.minorUnits;
    }
}
