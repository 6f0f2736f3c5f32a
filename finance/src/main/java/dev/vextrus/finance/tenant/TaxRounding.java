package dev.vextrus.finance.tenant;

/** Where an invoice's tax is rounded to minor units (half up): the tenant's choice, within what its law allows. */
public enum TaxRounding {
    /** On each line; the document's tax is their sum. */
    PER_LINE,
    /** Once for each tax code of the document, on the sum of its lines. */
    PER_DOCUMENT
}
