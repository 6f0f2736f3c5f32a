package dev.vextrus.finance.journal;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The entry stands in the books. Its lines are balanced in base currency and in each currency by itself. */
public record JournalEntryPosted(
        JournalEntryId entry,
        LocalDate date,
        String reference,
        String memo,
        EntrySource source,
        List<Posting> lines,
        Map<String, String> metadata)
        implements JournalEvent {

    public JournalEntryPosted {
        lines = List.copyOf(lines);
        metadata = Map.copyOf(metadata);
    }
}
