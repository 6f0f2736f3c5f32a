package dev.vextrus.finance.invoice.read;

import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.kernel.Money;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as it is shown; its lines are asked for apart.
 *
 * @param number empty for a draft
 * @param author who drafted it
 * @param open what is still owed; zero for a draft
 * @param entry what was posted with its approval
 * @param voidReason empty unless voided
 * @param reversal what took the posting back
 */
public record InvoiceView(
        InvoiceId id,
        OptionalLong number,
        InvoiceStatus status,
        CustomerId customer,
        LocalDate date,
        LocalDate dueDate,
        String reference,
        String author,
        Money net,
        Money tax,
        Money total,
        Money open,
        @Nullable JournalEntryId entry,
        @Nullable LocalDate voidedOn,
        String voidReason,
        @Nullable JournalEntryId reversal) {

    /** Whether something is still owed after the day it was due. */
    public boolean isOverdue(LocalDate today) {
        return open.isPositive() && today.isAfter(dueDate);
    }
}
