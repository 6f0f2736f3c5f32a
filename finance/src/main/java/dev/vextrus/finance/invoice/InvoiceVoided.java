package dev.vextrus.finance.invoice;

import dev.vextrus.finance.journal.JournalEntryId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The invoice is no longer owed.
 *
 * @param reversal the entry that took its posting back; null where it was only a draft
 */
public record InvoiceVoided(
        InvoiceId invoice,
        LocalDate date,
        String reason,
        @Nullable JournalEntryId reversal) implements InvoiceEvent {}
