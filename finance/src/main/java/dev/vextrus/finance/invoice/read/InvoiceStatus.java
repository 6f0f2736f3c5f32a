package dev.vextrus.finance.invoice.read;

/** Where an invoice is in its life. */
public enum InvoiceStatus {
    DRAFT,
    /** Owed in full. */
    APPROVED,
    PARTLY_PAID,
    PAID,
    VOID
}
