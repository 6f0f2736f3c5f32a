package dev.vextrus.finance.journal.read;

import dev.vextrus.finance.query.Keyset;
import dev.vextrus.finance.query.Keyset.Column;
import dev.vextrus.finance.query.Keyset.Kind;

/** Orders of the journal. */
public enum JournalSort {
    NEWEST_FIRST,
    OLDEST_FIRST,
    DATE_DESCENDING,
    DATE_ASCENDING;

    Keyset keyset() {
        return switch (this) {
            case NEWEST_FIRST -> Keyset.descending("newest", new Column("position", Kind.BIGINT));
            case OLDEST_FIRST -> Keyset.ascending("oldest", new Column("position", Kind.BIGINT));
            case DATE_DESCENDING ->
                Keyset.descending("date-desc", new Column("date", Kind.DATE), new Column("position", Kind.BIGINT));
            case DATE_ASCENDING ->
                Keyset.ascending("date-asc", new Column("date", Kind.DATE), new Column("position", Kind.BIGINT));
        };
    }
}
