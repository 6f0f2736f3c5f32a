package dev.vextrus.finance.journal;

import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry as decisions see it.
 *
 * @param posted null until it is
 * @param reversal the entry that took it back, or null
 */
public record JournalEntry(
        @Nullable JournalEntryPosted posted, @Nullable JournalEntryId reversal) {

    /** Why it cannot be taken back on that day, or null. */
    public @Nullable Refusal refuseReversal(JournalEntryId id, LocalDate date) {
        if (posted == null) {
            return new Refusal(Rule.ENTRY_UNKNOWN, "there is no journal entry " + id, "entry", "correct the id");
        }
        if (reversal != null) {
            return new Refusal(
                    Rule.ENTRY_REVERSED,
                    "journal entry " + id + " was taken back by " + reversal,
                    "entry",
                    "nothing to do; to book it again, post a new entry");
        }
        if (date.isBefore(posted.date())) {
            return new Refusal(
                    Rule.REVERSAL_BEFORE_ENTRY,
                    "journal entry " + id + " is dated " + posted.date() + ", after " + date,
                    "date",
                    "date the reversal " + posted.date() + " or later");
        }
        return null;
    }

    /** @throws IllegalStateException if there is none, which a decider must have refused before */
    public JournalEntryPosted entry() {
        if (posted == null) {
            throw new IllegalStateException("journal entry: asked for before it was posted");
        }
        return posted;
    }
}
