package dev.vextrus.finance.payment;

import dev.vextrus.finance.account.AccountFold;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.account.ChartFold;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.Decision.Change;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.Texts;
import dev.vextrus.finance.invoice.InvoiceFold;
import dev.vextrus.finance.invoice.InvoicePaymentWithdrawn;
import dev.vextrus.finance.journal.EntryRules;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.JournalFold;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.journal.Reversals;
import dev.vextrus.finance.tenant.TenantFold;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of customers' money. */
public final class PaymentDecider implements Decider<PaymentCommand> {

    @Override
    public Class<PaymentCommand> commands() {
        return PaymentCommand.class;
    }

    @Override
    public List<Ref<?>> needs(PaymentCommand command, Known known) {
        List<Ref<?>> needs = new ArrayList<>();
        needs.add(ChartFold.CHART);
        switch (command) {
            case ReceivePayment receive -> {
                needs.addAll(EntryRules.needs(receive.date(), List.of()));
                needs.add(AccountFold.account(receive.bankAccount()));
                needs.addAll(AllocationRules.needs(receive.allocations()));
                known.find(ChartFold.CHART)
                        .map(ChartFold.Chart::postingAccounts)
                        .ifPresent(accounts -> needs.add(AccountFold.account(accounts.receivable())));
            }
            case AllocatePayment allocate -> {
                needs.add(PaymentFold.payment(allocate.payment()));
                needs.addAll(AllocationRules.needs(allocate.allocations()));
            }
            case ReversePayment reverse -> {
                needs.add(PaymentFold.payment(reverse.payment()));
                known.find(PaymentFold.payment(reverse.payment()))
                        .filter(payment -> payment.received() != null)
                        .ifPresent(payment -> {
                            needs.addAll(AllocationRules.needs(payment.allocated()));
                            needs.addAll(Reversals.needs(payment.receipt().entry(), reverse.date(), known));
                        });
            }
        }
        return needs;
    }

    @Override
    public Decision decide(PaymentCommand command, Known known, Given given) {
        Refusal refusal = known.state(ChartFold.CHART).refuseIfMissing();
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        return switch (command) {
            case ReceivePayment receive -> receive(receive, known, given);
            case AllocatePayment allocate -> allocate(allocate, known);
            case ReversePayment reverse -> reverse(reverse, known, given);
        };
    }

    private static Decision receive(ReceivePayment receive, Known known, Given given) {
        List<Posting> lines = List.of(
                Posting.of(receive.bankAccount(), receive.amount()),
                Posting.of(
                        known.state(ChartFold.CHART).accounts().receivable(),
                        receive.amount().negated()));
        Refusal refusal = refuseReceiving(receive, lines, known);
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        PaymentId id = new PaymentId(given.id(0));
        JournalEntryId entry = new JournalEntryId(given.id(1));
        List<FinanceEvent> events = new ArrayList<>();
        events.add(new PaymentReceived(
                id,
                receive.customer(),
                receive.date(),
                receive.amount(),
                receive.bankAccount(),
                receive.reference(),
                entry));
        events.addAll(AllocationRules.allocated(id, receive.allocations(), receive.amount()));
        List<Change> changes = new ArrayList<>();
        changes.add(Change.of(PaymentFold.payment(id), events.toArray(FinanceEvent[]::new)));
        changes.addAll(AllocationRules.invoiceChanges(id, receive.allocations(), known));
        changes.add(Change.of(
                JournalFold.entry(entry),
                new JournalEntryPosted(
                        entry,
                        receive.date(),
                        receive.reference(),
                        "Payment from " + receive.customer(),
                        new EntrySource(EntrySource.Kind.PAYMENT, id.toString()),
                        lines,
                        Map.of())));
        return new Decision.Accepted(
                changes,
                EntryRules.guards(receive.date(), lines),
                Map.of("payment", id.toString(), "journalEntry", entry.toString()));
    }

    private static @Nullable Refusal refuseReceiving(ReceivePayment receive, List<Posting> lines, Known known) {
        CurrencyCode base = known.state(TenantFold.TENANT).baseCurrency();
        if (!receive.amount().currency().equals(base)) {
            return new Refusal(
                    Rule.PAYMENT_CURRENCY_NOT_BASE,
                    "payments are in the base currency " + base + ", not in "
                            + receive.amount().currency(),
                    "amount",
                    "convert it to " + base);
        }
        if (!receive.amount().isPositive()) {
            return new Refusal(
                    Rule.AMOUNT_NOT_POSITIVE, "a payment of " + receive.amount(), "amount", "write an amount above 0");
        }
        Refusal refusal = Texts.check("reference", receive.reference(), Texts.MAX_LINE);
        if (refusal == null) {
            refusal = known.state(AccountFold.account(receive.bankAccount()))
                    .refuseUnless(AccountType.ASSET, receive.bankAccount(), "bankAccount");
        }
        if (refusal == null) {
            refusal = known.state(AccountFold.account(receive.bankAccount()))
                    .refusePosting(receive.bankAccount(), base, "bankAccount");
        }
        if (refusal == null) {
            refusal = EntryRules.refuse(receive.date(), lines, known);
        }
        return refusal != null
                ? refusal
                : AllocationRules.refuse(receive.allocations(), receive.customer(), receive.amount(), known);
    }

    private static Decision allocate(AllocatePayment allocate, Known known) {
        PaymentId id = allocate.payment();
        Payment payment = known.state(PaymentFold.payment(id));
        Refusal refusal = payment.refuseIfGone(id);
        if (refusal == null && allocate.allocations().isEmpty()) {
            refusal = new Refusal(
                    Rule.PAYMENT_ALLOCATIONS_INVALID, "no allocation", "allocations", "name at least one invoice");
        }
        if (refusal == null) {
            refusal = AllocationRules.refuse(
                    allocate.allocations(), payment.receipt().customer(), payment.left(), known);
        }
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        List<Change> changes = new ArrayList<>();
        changes.add(Change.of(
                PaymentFold.payment(id),
                AllocationRules.allocated(id, allocate.allocations(), payment.left())
                        .toArray(FinanceEvent[]::new)));
        changes.addAll(AllocationRules.invoiceChanges(id, allocate.allocations(), known));
        return new Decision.Accepted(changes, List.of(), Map.of("payment", id.toString()));
    }

    private static Decision reverse(ReversePayment reverse, Known known, Given given) {
        PaymentId id = reverse.payment();
        Payment payment = known.state(PaymentFold.payment(id));
        Refusal refusal = Texts.checkPresent("reason", reverse.reason(), Texts.MAX_MEMO - 10);
        if (refusal == null) {
            refusal = payment.refuseIfGone(id);
        }
        if (refusal == null) {
            refusal = Reversals.refuse(payment.receipt().entry(), reverse.date(), known);
        }
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        JournalEntryId entry = payment.receipt().entry();
        JournalEntryId reversal = new JournalEntryId(given.id(0));
        List<Change> changes = new ArrayList<>();
        changes.add(Change.of(
                PaymentFold.payment(id), new PaymentReversed(id, reverse.date(), reverse.reason(), reversal)));
        for (Allocation allocation : payment.allocated()) {
            var invoice = InvoiceFold.invoice(allocation.invoice());
            Money open = known.state(invoice).openAmount().plus(allocation.amount());
            changes.add(Change.of(
                    invoice, new InvoicePaymentWithdrawn(allocation.invoice(), id.value(), allocation.amount(), open)));
        }
        changes.addAll(Reversals.changes(entry, reversal, reverse.date(), "Bounced: " + reverse.reason(), known));
        return new Decision.Accepted(
                changes,
                Reversals.guards(entry, reverse.date(), known),
                Map.of("payment", id.toString(), "reversal", reversal.toString()));
    }
}
