package dev.vextrus.finance.journal.read;

import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.Posting;
import java.time.LocalDate;

/**
 * A line of a journal entry as it is shown.
 *
 * @param number 1 and up within its entry
 */
public record JournalLineView(JournalEntryId entry, int number, LocalDate date, Posting posting) {}
