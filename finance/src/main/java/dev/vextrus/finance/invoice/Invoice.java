package dev.vextrus.finance.invoice;

import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as decisions see it.
 *
 * @param drafted null until it is
 * @param entry that it was posted by, once approved
 * @param open what is owed; null until it is approved
 */
public record Invoice(
        Status status,
        @Nullable InvoiceDrafted drafted,
        @Nullable JournalEntryId entry,
        @Nullable Money open) {

    /** What an invoice can be. */
    public enum Status {
        UNKNOWN,
        DRAFT,
        APPROVED,
        VOIDED
    }

    /** @throws IllegalStateException if it does not exist, which a decider must have refused before */
    public InvoiceDrafted draft() {
        if (drafted == null) {
            throw new IllegalStateException("invoice: asked for its lines before it was drafted");
        }
        return drafted;
    }

    /** @throws IllegalStateException if it is not approved, which a decider must have refused before */
    public Money openAmount() {
        if (open == null) {
            throw new IllegalStateException("invoice: asked for its open amount before it was approved");
        }
        return open;
    }

    /** @throws IllegalStateException if it is not approved, which a decider must have refused before */
    public JournalEntryId postedBy() {
        if (entry == null) {
            throw new IllegalStateException("invoice: asked for its entry before it was approved");
        }
        return entry;
    }

    /** Why it is not a draft, or null. */
    @Nullable
    Refusal refuseUnlessDraft(InvoiceId id) {
        return switch (status) {
            case DRAFT -> null;
            case UNKNOWN -> unknown(id, "invoice");
            case APPROVED ->
                new Refusal(
                        Rule.INVOICE_NOT_DRAFT, "invoice " + id + " is approved already", "invoice", "nothing to do");
            case VOIDED -> voided(id, "invoice");
        };
    }

    /** Why {@code amount} of that customer's money cannot settle it, or null. */
    public @Nullable Refusal refusePayment(InvoiceId id, CustomerId payer, Money amount, String field) {
        return switch (status) {
            case UNKNOWN -> unknown(id, field + ".invoice");
            case VOIDED -> voided(id, field + ".invoice");
            case DRAFT ->
                new Refusal(
                        Rule.INVOICE_NOT_APPROVED,
                        "invoice " + id + " is a draft",
                        field + ".invoice",
                        "have it approved first");
            case APPROVED -> refuseAllocation(id, payer, amount, field);
        };
    }

    private @Nullable Refusal refuseAllocation(InvoiceId id, CustomerId payer, Money amount, String field) {
        if (!draft().customer().equals(payer)) {
            return new Refusal(
                    Rule.ALLOCATED_TO_OTHER_CUSTOMER,
                    "invoice " + id + " is to " + draft().customer() + ", the payment from " + payer,
                    field + ".invoice",
                    "name an invoice of " + payer);
        }
        return amount.compareTo(openAmount()) <= 0
                ? null
                : new Refusal(
                        Rule.ALLOCATED_OVER_OPEN,
                        amount + " is more than the " + open + " that invoice " + id + " has open",
                        field + ".amount",
                        "allocate at most " + open);
    }

    static Refusal unknown(InvoiceId id, String field) {
        return new Refusal(Rule.INVOICE_UNKNOWN, "there is no invoice " + id, field, "correct the id");
    }

    static Refusal voided(InvoiceId id, String field) {
        return new Refusal(Rule.INVOICE_VOIDED, "invoice " + id + " is void", field, "draft a new one");
    }
}
