package dev.vextrus.finance.invoice.read;

import dev.vextrus.finance.query.Keyset;
import dev.vextrus.finance.query.Keyset.Column;
import dev.vextrus.finance.query.Keyset.Kind;

/** Orders of invoices. */
public enum InvoiceSort {
    NEWEST_FIRST,
    OLDEST_FIRST,
    DATE_DESCENDING,
    DUE_DATE_ASCENDING;

    Keyset keyset() {
        return switch (this) {
            case NEWEST_FIRST -> Keyset.descending("newest", new Column("drafted_at", Kind.BIGINT));
            case OLDEST_FIRST -> Keyset.ascending("oldest", new Column("drafted_at", Kind.BIGINT));
            case DATE_DESCENDING ->
                Keyset.descending("date-desc", new Column("date", Kind.DATE), new Column("drafted_at", Kind.BIGINT));
            case DUE_DATE_ASCENDING ->
                Keyset.ascending("due-asc", new Column("due_date", Kind.DATE), new Column("drafted_at", Kind.BIGINT));
        };
    }
}
