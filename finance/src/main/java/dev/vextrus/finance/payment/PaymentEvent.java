package dev.vextrus.finance.payment;

import dev.vextrus.finance.command.FinanceEvent;

/** What happened to a payment. */
public sealed interface PaymentEvent extends FinanceEvent permits PaymentReceived, PaymentAllocated, PaymentReversed {
    PaymentId payment();
}
