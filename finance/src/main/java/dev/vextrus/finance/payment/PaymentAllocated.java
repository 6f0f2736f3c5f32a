package dev.vextrus.finance.payment;

import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.kernel.Money;

/**
 * A part of the payment settles a part of an invoice.
 *
 * @param unallocated what is left of the payment after it
 */
public record PaymentAllocated(PaymentId payment, InvoiceId invoice, Money amount, Money unallocated)
        implements PaymentEvent {}
