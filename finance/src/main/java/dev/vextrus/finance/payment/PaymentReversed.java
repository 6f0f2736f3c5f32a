package dev.vextrus.finance.payment;

import dev.vextrus.finance.journal.JournalEntryId;
import java.time.LocalDate;

/**
 * The payment bounced; none of it counts.
 *
 * @param reversal the entry that took its posting back
 */
public record PaymentReversed(PaymentId payment, LocalDate date, String reason, JournalEntryId reversal)
        implements PaymentEvent {}
