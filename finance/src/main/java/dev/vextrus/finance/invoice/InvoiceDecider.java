package dev.vextrus.finance.invoice;

import dev.vextrus.finance.account.ChartFold;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.Decision.Change;
import dev.vextrus.finance.command.Decision.Fact;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.Texts;
import dev.vextrus.finance.journal.EntryRules;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.JournalFold;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.journal.Reversals;
import dev.vextrus.finance.tenant.TenantFold;
import dev.vextrus.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of invoices. */
public final class InvoiceDecider implements Decider<InvoiceCommand> {

    @Override
    public Class<InvoiceCommand> commands() {
        return InvoiceCommand.class;
    }

    @Override
    public List<Ref<?>> needs(InvoiceCommand command, Known known) {
        List<Ref<?>> needs = new ArrayList<>();
        needs.add(ChartFold.CHART);
        switch (command) {
            case DraftInvoice draft -> needs.addAll(DraftRules.needs(draft));
            case ApproveInvoice approve -> {
                needs.add(TenantFold.TENANT);
                needs.add(InvoiceFold.invoice(approve.invoice()));
                known.find(InvoiceFold.invoice(approve.invoice()))
                        .map(Invoice::drafted)
                        .ifPresent(draft -> needs.addAll(EntryRules.needs(draft.date(), lines(draft, known))));
            }
            case VoidInvoice voiding -> {
                needs.add(InvoiceFold.invoice(voiding.invoice()));
                known.find(InvoiceFold.invoice(voiding.invoice()))
                        .map(Invoice::entry)
                        .ifPresent(entry -> needs.addAll(Reversals.needs(entry, voiding.date(), known)));
            }
        }
        return needs;
    }

    @Override
    public Decision decide(InvoiceCommand command, Known known, Given given) {
        Refusal refusal = known.state(ChartFold.CHART).refuseIfMissing();
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        return switch (command) {
            case DraftInvoice draft -> draft(draft, known, given);
            case ApproveInvoice approve -> approve(approve, known, given);
            case VoidInvoice voiding -> voidIt(voiding, known, given);
        };
    }

    private static Decision draft(DraftInvoice draft, Known known, Given given) {
        Refusal refusal = DraftRules.refuse(draft, known);
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        List<PricedLine> lines = Pricing.price(
                draft.lines(),
                draft.currency(),
                known.state(TenantFold.TENANT).settings().taxRounding());
        Money net = Money.zero(draft.currency());
        Money tax = Money.zero(draft.currency());
        for (PricedLine line : lines) {
            net = net.plus(line.net());
            tax = tax.plus(line.tax());
        }
        Money total = net.plus(tax);
        if (!total.isPositive()) {
            return new Decision.Refused(
                    Rule.AMOUNT_NOT_POSITIVE,
                    "the invoice comes to " + total,
                    "lines",
                    "an invoice is above 0; write a credit note for the rest");
        }
        InvoiceId id = new InvoiceId(given.id(0));
        InvoiceDrafted drafted = new InvoiceDrafted(
                id,
                draft.customer(),
                draft.date(),
                draft.dueDate(),
                draft.reference(),
                given.actor(),
                lines,
                net,
                tax,
                total);
        return new Decision.Accepted(
                List.of(Change.of(InvoiceFold.invoice(id), drafted)), List.of(), Map.of("invoice", id.toString()));
    }

    private static Decision approve(ApproveInvoice approve, Known known, Given given) {
        InvoiceId id = approve.invoice();
        Ref<Invoice> stream = InvoiceFold.invoice(id);
        Invoice invoice = known.state(stream);
        Refusal refusal = invoice.refuseUnlessDraft(id);
        if (refusal == null) {
            refusal = refuseAuthor(invoice.draft(), known, given);
        }
        if (refusal == null) {
            refusal = EntryRules.refuse(invoice.draft().date(), lines(invoice.draft(), known), known);
        }
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        InvoiceDrafted draft = invoice.draft();
        JournalEntryId entry = new JournalEntryId(given.id(0));
        List<Posting> lines = lines(draft, known);
        JournalEntryPosted posted = new JournalEntryPosted(
                entry,
                draft.date(),
                draft.reference(),
                "Invoice to " + draft.customer(),
                new EntrySource(EntrySource.Kind.INVOICE, id.toString()),
                lines,
                Map.of());
        InvoiceApproved approved = new InvoiceApproved(id, draft.customer(), draft.total(), entry);
        return new Decision.Accepted(
                List.of(
                        new Change(stream, List.of(new Fact(approved, InvoiceApproved.SERIES))),
                        Change.of(JournalFold.entry(entry), posted)),
                EntryRules.guards(draft.date(), lines),
                Map.of("invoice", id.toString(), "journalEntry", entry.toString()));
    }

    private static Decision voidIt(VoidInvoice voiding, Known known, Given given) {
        InvoiceId id = voiding.invoice();
        Ref<Invoice> stream = InvoiceFold.invoice(id);
        Invoice invoice = known.state(stream);
        Refusal refusal = refuseVoiding(voiding, invoice, known);
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        if (invoice.status() == Invoice.Status.DRAFT) {
            InvoiceVoided voided = new InvoiceVoided(id, voiding.date(), voiding.reason(), null);
            return new Decision.Accepted(
                    List.of(Change.of(stream, voided)), List.of(), Map.of("invoice", id.toString()));
        }
        JournalEntryId reversal = new JournalEntryId(given.id(0));
        List<Change> changes = new ArrayList<>();
        changes.add(Change.of(stream, new InvoiceVoided(id, voiding.date(), voiding.reason(), reversal)));
        changes.addAll(
                Reversals.changes(invoice.postedBy(), reversal, voiding.date(), "Void: " + voiding.reason(), known));
        return new Decision.Accepted(
                changes,
                Reversals.guards(invoice.postedBy(), voiding.date(), known),
                Map.of("invoice", id.toString(), "reversal", reversal.toString()));
    }

    private static @Nullable Refusal refuseVoiding(VoidInvoice voiding, Invoice invoice, Known known) {
        Refusal reason = Texts.checkPresent("reason", voiding.reason(), Texts.MAX_MEMO - 10);
        if (reason != null) {
            return reason;
        }
        return switch (invoice.status()) {
            case UNKNOWN -> Invoice.unknown(voiding.invoice(), "invoice");
            case VOIDED -> Invoice.voided(voiding.invoice(), "invoice");
            case DRAFT -> null;
            case APPROVED ->
                invoice.openAmount().equals(invoice.draft().total())
                        ? Reversals.refuse(invoice.postedBy(), voiding.date(), known)
                        : new Refusal(
                                Rule.INVOICE_HAS_PAYMENTS,
                                "payments are allocated to invoice " + voiding.invoice(),
                                "invoice",
                                "reverse the payments first");
        };
    }

    private static @Nullable Refusal refuseAuthor(InvoiceDrafted draft, Known known, Given given) {
        Money limit = known.state(TenantFold.TENANT).settings().approvalLimit();
        return limit == null
                        || draft.total().compareTo(limit) <= 0
                        || !draft.author().equals(given.actor())
                ? null
                : new Refusal(
                        Rule.INVOICE_AUTHOR_OVER_LIMIT,
                        "an invoice over " + limit + " is not approved by its author",
                        "invoice",
                        "have somebody else approve it");
    }

    private static List<Posting> lines(InvoiceDrafted draft, Known known) {
        return InvoicePosting.of(draft, known.state(ChartFold.CHART).accounts());
    }
}
