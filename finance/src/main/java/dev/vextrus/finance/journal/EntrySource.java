package dev.vextrus.finance.journal;

/**
 * What an entry was posted for.
 *
 * @param id the invoice's or payment's id, the reversed entry's id, the import's id; empty for an entry made by hand
 */
public record EntrySource(Kind kind, String id) {
    public static final EntrySource MANUAL = new EntrySource(Kind.MANUAL, "");

    /** Kinds of source; entries of documents are taken back only by their document. */
    public enum Kind {
        MANUAL,
        IMPORT,
        INVOICE,
        PAYMENT,
        REVERSAL
    }
}
