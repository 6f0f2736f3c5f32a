package dev.vextrus.finance.payment;

import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.kernel.Money;

/** A part of a payment for one invoice; above 0. */
public record Allocation(InvoiceId invoice, Money amount) {}
