package dev.vextrus.finance.payment.read;

import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.kernel.Money;

/**
 * A part of a payment that settles a part of an invoice.
 *
 * @param withdrawn whether the payment bounced, so that it no longer counts
 */
public record AllocationView(PaymentId payment, InvoiceId invoice, Money amount, boolean withdrawn) {}
