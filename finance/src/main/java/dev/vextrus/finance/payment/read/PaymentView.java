package dev.vextrus.finance.payment.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.kernel.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it is shown; its allocations are asked for apart.
 *
 * @param unallocated what is left of it as the customer's credit
 * @param entry what was posted with it
 * @param reason why it was reversed, else empty
 * @param reversal what took the posting back
 */
public record PaymentView(
        PaymentId id,
        PaymentStatus status,
        CustomerId customer,
        LocalDate date,
        AccountCode bankAccount,
        String reference,
        Money amount,
        Money unallocated,
        JournalEntryId entry,
        @Nullable LocalDate reversedOn,
        String reason,
        @Nullable JournalEntryId reversal) {}
