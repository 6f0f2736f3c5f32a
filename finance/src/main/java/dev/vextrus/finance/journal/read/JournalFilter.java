package dev.vextrus.finance.journal.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.journal.EntrySource;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which entries; null: whatever it is.
 *
 * @param from first date
 * @param to last date
 * @param account has a line on it
 */
public record JournalFilter(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable AccountCode account,
        EntrySource.@Nullable Kind source,
        @Nullable String reference) {
    public static final JournalFilter ALL = new JournalFilter(null, null, null, null, null);
}
