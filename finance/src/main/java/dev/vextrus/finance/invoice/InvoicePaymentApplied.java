package dev.vextrus.finance.invoice;

import dev.vextrus.kernel.Money;
import java.util.UUID;

/**
 * Part of a payment was allocated to the invoice, in the same append as the payment's own event.
 *
 * @param payment the payment's id
 * @param open what is still owed after it
 */
public record InvoicePaymentApplied(InvoiceId invoice, UUID payment, Money amount, Money open)
        implements InvoiceEvent {}
