package dev.vextrus.finance.payment;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.kernel.Money;
import java.time.LocalDate;

/**
 * The money is there and posted; nothing of it is allocated yet.
 *
 * @param entry the journal entry that was posted with it
 */
public record PaymentReceived(
        PaymentId payment,
        CustomerId customer,
        LocalDate date,
        Money amount,
        AccountCode bankAccount,
        String reference,
        JournalEntryId entry)
        implements PaymentEvent {}
