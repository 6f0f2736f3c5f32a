package dev.vextrus.finance.invoice;

import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.kernel.Money;

/**
 * The invoice is owed and posted. Its number is the stored event's, drawn from the series {@value #SERIES}.
 *
 * @param entry the journal entry that was posted with it
 */
public record InvoiceApproved(InvoiceId invoice, CustomerId customer, Money total, JournalEntryId entry)
        implements InvoiceEvent {
    /** The gapless series that invoices are numbered by, one per tenant. */
    public static final String SERIES = "invoice";
}
