package dev.vextrus.finance.journal;

import dev.vextrus.finance.command.Decision.Change;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Taking a posted entry back by its opposite; how entries, invoices and payments are undone. */
public final class Reversals {

    private Reversals() {}

    /** The streams it takes, as far as they are known yet. */
    public static List<Ref<?>> needs(JournalEntryId id, LocalDate date, Known known) {
        List<Ref<?>> needs = new ArrayList<>();
        needs.add(JournalFold.entry(id));
        known.find(JournalFold.entry(id))
                .map(JournalEntry::posted)
                .ifPresent(posted -> needs.addAll(EntryRules.needs(date, posted.lines())));
        return needs;
    }

    /** Why it cannot be done, or null. */
    public static @Nullable Refusal refuse(JournalEntryId id, LocalDate date, Known known) {
        JournalEntry entry = known.state(JournalFold.entry(id));
        Refusal refusal = entry.refuseReversal(id, date);
        return refusal != null ? refusal : EntryRules.refuse(date, opposite(entry), known);
    }

    /** The opposite entry on its new stream, and the mark on the one that it takes back. */
    public static List<Change> changes(
            JournalEntryId id, JournalEntryId reversal, LocalDate date, String memo, Known known) {
        JournalEntry entry = known.state(JournalFold.entry(id));
        JournalEntryPosted opposite = new JournalEntryPosted(
                reversal,
                date,
                entry.entry().reference(),
                memo,
                new EntrySource(EntrySource.Kind.REVERSAL, id.toString()),
                opposite(entry),
                Map.of());
        return List.of(
                Change.of(JournalFold.entry(id), new JournalEntryReversed(id, reversal)),
                Change.of(JournalFold.entry(reversal), opposite));
    }

    /** What must not have moved. */
    public static List<Ref<?>> guards(JournalEntryId id, LocalDate date, Known known) {
        return EntryRules.guards(date, opposite(known.state(JournalFold.entry(id))));
    }

    private static List<Posting> opposite(JournalEntry entry) {
        return entry.entry().lines().stream().map(Posting::reversed).toList();
    }
}
