package dev.vextrus.finance.invoice;

import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Fold;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.kernel.Money;

/** One invoice. */
public final class InvoiceFold implements Fold<Invoice> {
    private static final InvoiceFold FOLD = new InvoiceFold();

    public static Ref<Invoice> invoice(InvoiceId id) {
        return FOLD.of(id.toString());
    }

    @Override
    public String category() {
        return "invoice";
    }

    @Override
    public String version() {
        return "invoice-1";
    }

    @Override
    public Class<Invoice> stateType() {
        return Invoice.class;
    }

    @Override
    public Invoice initial() {
        return new Invoice(Invoice.Status.UNKNOWN, null, null, null);
    }

    @Override
    public Invoice evolve(Invoice state, FinanceEvent event) {
        if (!(event instanceof InvoiceEvent invoiceEvent)) {
            throw new IllegalStateException("invoice: " + event + " is none of its events");
        }
        return switch (invoiceEvent) {
            case InvoiceDrafted drafted -> new Invoice(Invoice.Status.DRAFT, drafted, null, null);
            case InvoiceApproved approved ->
                new Invoice(Invoice.Status.APPROVED, state.draft(), approved.entry(), approved.total());
            case InvoicePaymentApplied applied -> owing(state, applied.open());
            case InvoicePaymentWithdrawn withdrawn -> owing(state, withdrawn.open());
            case InvoiceVoided _ -> new Invoice(Invoice.Status.VOIDED, state.drafted(), state.entry(), null);
        };
    }

    private static Invoice owing(Invoice state, Money open) {
        if (state.status() != Invoice.Status.APPROVED
                || open.isNegative()
                || open.compareTo(state.draft().total()) > 0) {
            throw new IllegalStateException("invoice: cannot owe " + open + " after " + state);
        }
        return new Invoice(state.status(), state.drafted(), state.entry(), open);
    }
}
