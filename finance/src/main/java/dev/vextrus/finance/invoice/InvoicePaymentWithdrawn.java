package dev.vextrus.finance.invoice;

import dev.vextrus.kernel.Money;
import java.util.UUID;

/**
 * The payment bounced: what was allocated from it is owed again.
 *
 * @param open what is owed after it
 */
public record InvoicePaymentWithdrawn(InvoiceId invoice, UUID payment, Money amount, Money open)
        implements InvoiceEvent {}
