package dev.vextrus.finance.journal.read;

import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry as it is shown; its lines are asked for apart.
 *
 * @param reversedBy the entry that took it back, if any
 * @param actor who posted it
 * @param position its place in the log
 */
public record JournalEntryView(
        JournalEntryId id,
        LocalDate date,
        String reference,
        String memo,
        EntrySource source,
        @Nullable JournalEntryId reversedBy,
        Map<String, String> metadata,
        String actor,
        Instant recordedAt,
        long position) {

    public JournalEntryView {
        metadata = Map.copyOf(metadata);
    }
}
