package dev.vextrus.finance.integrity;

import dev.vextrus.finance.integrity.TenantFold.Invoice;
import dev.vextrus.finance.integrity.TenantFold.Payment;
import dev.vextrus.finance.invoice.InvoiceApproved;
import dev.vextrus.finance.invoice.InvoiceDrafted;
import dev.vextrus.finance.invoice.InvoiceEvent;
import dev.vextrus.finance.invoice.InvoicePaymentApplied;
import dev.vextrus.finance.invoice.InvoicePaymentWithdrawn;
import dev.vextrus.finance.invoice.InvoiceVoided;
import dev.vextrus.finance.payment.PaymentAllocated;
import dev.vextrus.finance.payment.PaymentEvent;
import dev.vextrus.finance.payment.PaymentReceived;
import dev.vextrus.finance.payment.PaymentReversed;
import java.util.Optional;
import java.util.UUID;

/**
 * Folds invoices and payments, by sums of its own: what an event says is left is checked, not believed. So: allocated
 * is never above what was paid, nor above what was open.
 */
final class TradeFold {
    private final Tally bounds;
    private final Tally orphans;

    TradeFold(Tally bounds, Tally orphans) {
        this.bounds = bounds;
        this.orphans = orphans;
    }

    void apply(TenantFold tenant, InvoiceEvent event, String where) {
        UUID id = event.invoice().value();
        if (event instanceof InvoiceDrafted drafted) {
            tenant.put(id, new Invoice("DRAFT", drafted.total().minorUnits(), 0));
            return;
        }
        Optional<Invoice> found = Optional.ofNullable(tenant.invoices.get(id));
        if (!orphans.check(found.isPresent(), () -> where + ": invoice " + id + " was never drafted")) {
            return;
        }
        Invoice invoice = found.get();
        tenant.put(
                id,
                switch (event) {
                    case InvoiceDrafted drafted -> invoice;
                    case InvoiceApproved approved ->
                        new Invoice(
                                "APPROVED", invoice.total(), approved.total().minorUnits());
                    case InvoicePaymentApplied applied ->
                        owing(
                                invoice,
                                -applied.amount().minorUnits(),
                                applied.open().minorUnits(),
                                where);
                    case InvoicePaymentWithdrawn withdrawn ->
                        owing(
                                invoice,
                                withdrawn.amount().minorUnits(),
                                withdrawn.open().minorUnits(),
                                where);
                    case InvoiceVoided voided -> new Invoice("VOID", invoice.total(), 0);
                });
    }

    void apply(TenantFold tenant, PaymentEvent event, String where) {
        UUID id = event.payment().value();
        if (event instanceof PaymentReceived received) {
            tenant.put(id, new Payment(false, received.amount().minorUnits(), 0));
            return;
        }
        Optional<Payment> found = Optional.ofNullable(tenant.payments.get(id));
        if (!orphans.check(found.isPresent(), () -> where + ": payment " + id + " was never received")) {
            return;
        }
        Payment payment = found.get();
        tenant.put(
                id,
                switch (event) {
                    case PaymentReceived received -> payment;
                    case PaymentAllocated allocated -> allocate(tenant, payment, allocated, where);
                    case PaymentReversed reversed -> new Payment(true, payment.amount(), 0);
                });
    }

    private Invoice owing(Invoice invoice, long change, long said, String where) {
        long open = invoice.open() + change;
        bounds.check(
                open >= 0 && open <= invoice.total() && open == said,
                () -> where + ": " + open + " is open by the sums, " + said + " by the event, of " + invoice.total());
        String status = open == 0 ? "PAID" : open == invoice.total() && change > 0 ? "APPROVED" : "PARTLY_PAID";
        return new Invoice(status, invoice.total(), open);
    }

    private Payment allocate(TenantFold tenant, Payment payment, PaymentAllocated event, String where) {
        UUID invoice = event.invoice().value();
        orphans.check(
                tenant.invoices.containsKey(invoice),
                () -> where + ": allocated to invoice " + invoice + ", which there is not");
        Payment after = new Payment(
                false, payment.amount(), payment.allocated() + event.amount().minorUnits());
        long said = event.unallocated().minorUnits();
        bounds.check(
                !payment.reversed() && after.unallocated() >= 0 && after.unallocated() == said,
                () -> where + ": " + after.unallocated() + " is left by the sums, " + said + " by the event");
        return after;
    }
}
