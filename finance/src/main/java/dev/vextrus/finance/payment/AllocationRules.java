package dev.vextrus.finance.payment;

import dev.vextrus.finance.command.Decision.Change;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.InvoiceFold;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.InvoicePaymentApplied;
import dev.vextrus.kernel.Money;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spreading a payment over invoices: never more than is left of it, never more than an invoice has open. */
final class AllocationRules {
    private static final int MAX_ALLOCATIONS = 100;

    private AllocationRules() {}

    static List<Ref<?>> needs(List<Allocation> allocations) {
        List<Ref<?>> needs = new ArrayList<>();
        allocations.forEach(allocation -> needs.add(InvoiceFold.invoice(allocation.invoice())));
        return needs;
    }

    static @Nullable Refusal refuse(List<Allocation> allocations, CustomerId payer, Money left, Known known) {
        if (allocations.size() > MAX_ALLOCATIONS) {
            return new Refusal(
                    Rule.PAYMENT_ALLOCATIONS_INVALID,
                    allocations.size() + " allocations in one command",
                    "allocations",
                    "allocate to at most " + MAX_ALLOCATIONS + " invoices at a time");
        }
        Set<InvoiceId> seen = new HashSet<>();
        Money sum = Money.zero(left.currency());
        for (int i = 0; i < allocations.size(); i++) {
            Allocation allocation = allocations.get(i);
            String field = "allocations[" + i + "]";
            Refusal refusal = refuseAmount(allocation, left, field);
            if (refusal == null && !seen.add(allocation.invoice())) {
                refusal = new Refusal(
                        Rule.PAYMENT_ALLOCATIONS_INVALID,
                        "invoice " + allocation.invoice() + " is named twice",
                        field + ".invoice",
                        "name each invoice once, with the sum");
            }
            if (refusal == null) {
                refusal = known.state(InvoiceFold.invoice(allocation.invoice()))
                        .refusePayment(allocation.invoice(), payer, allocation.amount(), field);
            }
            if (refusal != null) {
                return refusal;
            }
            sum = sum.plus(allocation.amount());
        }
        return sum.compareTo(left) <= 0
                ? null
                : new Refusal(
                        Rule.ALLOCATED_OVER_PAID,
                        sum + " is more than the " + left + " that the payment has left",
                        "allocations",
                        "allocate at most " + left);
    }

    private static @Nullable Refusal refuseAmount(Allocation allocation, Money left, String field) {
        if (!allocation.amount().currency().equals(left.currency())) {
            return new Refusal(
                    Rule.PAYMENT_CURRENCY_NOT_BASE,
                    "the amount is in " + allocation.amount().currency() + ", the payment in " + left.currency(),
                    field + ".amount",
                    "write it in " + left.currency());
        }
        return allocation.amount().isPositive()
                ? null
                : new Refusal(
                        Rule.AMOUNT_NOT_POSITIVE,
                        "an allocation of " + allocation.amount(),
                        field + ".amount",
                        "write an amount above 0");
    }

    /** The payment's own events; {@code left} is what it had before. */
    static List<PaymentAllocated> allocated(PaymentId payment, List<Allocation> allocations, Money left) {
        List<PaymentAllocated> events = new ArrayList<>();
        Money rest = left;
        for (Allocation allocation : allocations) {
            rest = rest.minus(allocation.amount());
            events.add(new PaymentAllocated(payment, allocation.invoice(), allocation.amount(), rest));
        }
        return events;
    }

    /** What the invoices get. */
    static List<Change> invoiceChanges(PaymentId payment, List<Allocation> allocations, Known known) {
        List<Change> changes = new ArrayList<>();
        for (Allocation allocation : allocations) {
            var stream = InvoiceFold.invoice(allocation.invoice());
            Money open = known.state(stream).openAmount().minus(allocation.amount());
            changes.add(Change.of(
                    stream,
                    new InvoicePaymentApplied(allocation.invoice(), payment.value(), allocation.amount(), open)));
        }
        return changes;
    }
}
