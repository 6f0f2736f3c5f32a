package dev.vextrus.finance.invoice;

import dev.vextrus.finance.command.FinanceEvent;

/** What happened to an invoice. */
public sealed interface InvoiceEvent extends FinanceEvent
        permits InvoiceDrafted, InvoiceApproved, InvoicePaymentApplied, InvoicePaymentWithdrawn, InvoiceVoided {
    InvoiceId invoice();
}
