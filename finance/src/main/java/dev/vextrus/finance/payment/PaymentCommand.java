package dev.vextrus.finance.payment;

import dev.vextrus.finance.command.FinanceCommand;

/** What can be asked of payments. */
public sealed interface PaymentCommand extends FinanceCommand permits ReceivePayment, AllocatePayment, ReversePayment {}
