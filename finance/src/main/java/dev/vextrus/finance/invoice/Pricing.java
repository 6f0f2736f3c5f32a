package dev.vextrus.finance.invoice;

import dev.vextrus.finance.tenant.TaxRounding;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an invoice's lines come to. A line's price is quantity x unit price x (1 - discount), rounded half up to minor
 * units. Exclusive tax is price x percent; inclusive tax is the part percent / (100 + percent) of the price. Tax is
 * rounded half up, on each line or once for each tax of the document; in the second case each line shows its own rounded
 * tax and the line of the largest price takes the difference, so that lines always add up to the document.
 */
public final class Pricing {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final RoundingMode ROUNDING = RoundingMode.HALF_UP;

    private Pricing() {}

    /** @throws ArithmeticException if an amount does not fit */
    public static List<PricedLine> price(List<InvoiceLine> lines, CurrencyCode currency, TaxRounding taxRounding) {
        List<Money> prices = lines.stream().map(line -> price(line, currency)).toList();
        Money[] taxes = new Money[lines.size()];
        for (List<Integer> group : groups(lines, taxRounding).values()) {
            share(group, lines, prices, taxes);
        }
        List<PricedLine> priced = new ArrayList<>();
        for (int i = 0; i < taxes.length; i++) {
            InvoiceLine line = lines.get(i);
            boolean inclusive = line.tax() != null && line.tax().inclusive();
            priced.add(new PricedLine(line, inclusive ? prices.get(i).minus(taxes[i]) : prices.get(i), taxes[i]));
        }
        return priced;
    }

    private static Money price(InvoiceLine line, CurrencyCode currency) {
        BigDecimal factor = HUNDRED.subtract(line.discountPercent()).movePointLeft(2);
        return Money.of(currency, line.quantity().multiply(line.unitPrice()).multiply(factor), ROUNDING);
    }

    /** The lines that are rounded together, by place. */
    private static Map<Object, List<Integer>> groups(List<InvoiceLine> lines, TaxRounding taxRounding) {
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Tax tax = lines.get(i).tax();
            Object group = tax != null && taxRounding == TaxRounding.PER_DOCUMENT
                    ? List.of(tax.code(), tax.percent().stripTrailingZeros(), tax.inclusive())
                    : (Object) i;
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(i);
        }
        return groups;
    }

    private static void share(List<Integer> group, List<InvoiceLine> lines, List<Money> prices, Money[] taxes) {
        Money sum = Money.zero(prices.get(group.getFirst()).currency());
        for (int place : group) {
            sum = sum.plus(prices.get(place));
        }
        Money left = tax(sum, lines.get(group.getFirst()));
        int largest = group.getFirst();
        for (int place : group) {
            if (prices.get(place).abs().compareTo(prices.get(largest).abs()) > 0) {
                largest = place;
            }
        }
        for (int place : group) {
            if (place != largest) {
                taxes[place] = tax(prices.get(place), lines.get(place));
                left = left.minus(taxes[place]);
            }
        }
        taxes[largest] = left;
    }

    private static Money tax(Money price, InvoiceLine line) {
        Tax tax = line.tax();
        if (tax == null) {
            return Money.zero(price.currency());
        }
        BigDecimal amount = price.amount().multiply(tax.percent());
        BigDecimal divisor = tax.inclusive() ? HUNDRED.add(tax.percent()) : HUNDRED;
        return Money.ofMinor(
                price.currency(),
                amount.movePointRight(price.currency().minorUnits())
                        .divide(divisor, 0, ROUNDING)
                        .longValueExact());
    }
}
