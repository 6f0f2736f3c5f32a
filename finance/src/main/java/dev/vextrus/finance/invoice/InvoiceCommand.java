package dev.vextrus.finance.invoice;

import dev.vextrus.finance.command.FinanceCommand;

/** What can be asked of invoices. */
public sealed interface InvoiceCommand extends FinanceCommand permits DraftInvoice, ApproveInvoice, VoidInvoice {}
