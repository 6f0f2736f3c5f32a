package dev.vextrus.finance.journal;

import dev.vextrus.finance.command.FinanceCommand;

/** What can be asked of the journal. */
public sealed interface JournalCommand extends FinanceCommand
        permits PostJournalEntry, ReverseJournalEntry, ImportJournalEntries {}
