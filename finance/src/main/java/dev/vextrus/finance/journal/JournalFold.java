package dev.vextrus.finance.journal;

import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Fold;
import dev.vextrus.finance.command.Ref;

/** One journal entry, on a stream of its own: however busy an account, two postings never meet. */
public final class JournalFold implements Fold<JournalEntry> {
    private static final JournalFold FOLD = new JournalFold();

    public static Ref<JournalEntry> entry(JournalEntryId id) {
        return FOLD.of(id.toString());
    }

    @Override
    public String category() {
        return "journal";
    }

    @Override
    public String version() {
        return "journal-1";
    }

    @Override
    public Class<JournalEntry> stateType() {
        return JournalEntry.class;
    }

    @Override
    public JournalEntry initial() {
        return new JournalEntry(null, null);
    }

    @Override
    public JournalEntry evolve(JournalEntry state, FinanceEvent event) {
        if (event instanceof JournalEntryPosted posted && state.posted() == null) {
            return new JournalEntry(posted, null);
        }
        if (event instanceof JournalEntryReversed reversed && state.posted() != null && state.reversal() == null) {
            return new JournalEntry(state.posted(), reversed.reversal());
        }
        throw new IllegalStateException("journal: " + event + " cannot follow " + state);
    }
}
