package dev.vextrus.finance.journal;

import dev.vextrus.finance.command.FinanceEvent;

/** What happened to a journal entry. */
public sealed interface JournalEvent extends FinanceEvent permits JournalEntryPosted, JournalEntryReversed {
    JournalEntryId entry();
}
