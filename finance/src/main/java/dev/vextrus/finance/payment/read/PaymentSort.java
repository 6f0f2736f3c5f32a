package dev.vextrus.finance.payment.read;

import dev.vextrus.finance.query.Keyset;
import dev.vextrus.finance.query.Keyset.Column;
import dev.vextrus.finance.query.Keyset.Kind;

/** Orders of payments. */
public enum PaymentSort {
    NEWEST_FIRST,
    OLDEST_FIRST,
    DATE_DESCENDING;

    Keyset keyset() {
        return switch (this) {
            case NEWEST_FIRST -> Keyset.descending("newest", new Column("received_at", Kind.BIGINT));
            case OLDEST_FIRST -> Keyset.ascending("oldest", new Column("received_at", Kind.BIGINT));
            case DATE_DESCENDING ->
                Keyset.descending("date-desc", new Column("date", Kind.DATE), new Column("received_at", Kind.BIGINT));
        };
    }
}
