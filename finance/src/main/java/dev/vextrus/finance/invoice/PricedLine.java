package dev.vextrus.finance.invoice;

import dev.vextrus.kernel.Money;

/** A line with what it comes to: {@code gross = net + tax}. */
public record PricedLine(InvoiceLine line, Money net, Money tax) {

    public Money gross() {
        return net.plus(tax);
    }
}
