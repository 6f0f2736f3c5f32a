package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.StreamId;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.InvoiceApproved;
import dev.vextrus.finance.invoice.InvoiceDrafted;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.InvoiceLine;
import dev.vextrus.finance.invoice.InvoicePaymentApplied;
import dev.vextrus.finance.invoice.InvoicePaymentWithdrawn;
import dev.vextrus.finance.invoice.InvoiceVoided;
import dev.vextrus.finance.invoice.PricedLine;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.JournalEntryReversed;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.payment.PaymentAllocated;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.finance.payment.PaymentReceived;
import dev.vextrus.finance.payment.PaymentReversed;
import dev.vextrus.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a seeded tenant invoices, is paid, and loses again. */
final class SeededInvoices {
    private SeededInvoices() {}

    static void draft(SeededTenant tenant) {
        Money total = tenant.euros();
        InvoiceId invoice = new InvoiceId(tenant.id());
        InvoiceLine line =
                new InvoiceLine("Work", BigDecimal.ONE, total.amount(), BigDecimal.ZERO, null, SeededTenant.REVENUE);
        LocalDate date = tenant.date();
        InvoiceDrafted drafted = new InvoiceDrafted(
                invoice,
                CustomerId.of("C" + tenant.random.nextInt(20)),
                date,
                date.plusDays(30),
                "",
                "seed",
                List.of(new PricedLine(line, total, Money.zero(SeededTenant.EUR))),
                total,
                Money.zero(SeededTenant.EUR),
                total);
        tenant.append(new SeededTenant.Part("invoice", invoice, drafted));
        tenant.drafts.add(drafted);
    }

    static void approve(SeededTenant tenant) {
        if (tenant.drafts.isEmpty()) {
            return;
        }
        InvoiceDrafted draft = tenant.drafts.remove(tenant.random.nextInt(tenant.drafts.size()));
        JournalEntryPosted posted = tenant.entry(
                draft.date(),
                new EntrySource(EntrySource.Kind.INVOICE, draft.invoice().toString()),
                Posting.of(SeededTenant.RECEIVABLE, draft.total()),
                Posting.of(SeededTenant.REVENUE, draft.total().negated()));
        InvoiceApproved approved =
                new InvoiceApproved(draft.invoice(), draft.customer(), draft.total(), posted.entry());
        tenant.append(
                new SeededTenant.Part(
                        StreamId.of("invoice", draft.invoice().toString()), approved, InvoiceApproved.SERIES),
                new SeededTenant.Part("journal", posted.entry(), posted));
        tenant.open.put(draft.invoice(), draft.total());
        tenant.totals.put(draft.invoice(), draft.total());
    }

    static void voidDraft(SeededTenant tenant) {
        if (!tenant.drafts.isEmpty()) {
            InvoiceDrafted draft = tenant.drafts.removeFirst();
            tenant.append(new SeededTenant.Part(
                    "invoice", draft.invoice(), new InvoiceVoided(draft.invoice(), draft.date(), "typo", null)));
        }
    }

    static void receive(SeededTenant tenant) {
        List<InvoiceId> owed = tenant.open.keySet().stream()
                .sorted((a, b) -> a.value().compareTo(b.value()))
                .toList();
        Money amount = tenant.euros();
        PaymentId payment = new PaymentId(tenant.id());
        JournalEntryPosted posted = tenant.entry(
                tenant.date(),
                new EntrySource(EntrySource.Kind.PAYMENT, payment.toString()),
                Posting.of(SeededTenant.BANK, amount),
                Posting.of(SeededTenant.RECEIVABLE, amount.negated()));
        PaymentReceived received = new PaymentReceived(
                payment, CustomerId.of("C1"), posted.date(), amount, SeededTenant.BANK, "transfer", posted.entry());
        List<SeededTenant.Part> parts = new ArrayList<>();
        parts.add(new SeededTenant.Part("journal", posted.entry(), posted));
        parts.add(new SeededTenant.Part("payment", payment, received));
        if (!owed.isEmpty()) {
            InvoiceId invoice = owed.get(tenant.random.nextInt(owed.size()));
            Money open = Objects.requireNonNull(tenant.open.get(invoice));
            Money part = open.compareTo(amount) < 0 ? open : amount;
            PaymentAllocated allocated = new PaymentAllocated(payment, invoice, part, amount.minus(part));
            parts.add(new SeededTenant.Part("payment", payment, allocated));
            parts.add(new SeededTenant.Part(
                    "invoice", invoice, new InvoicePaymentApplied(invoice, payment.value(), part, open.minus(part))));
            tenant.allocations.put(payment, List.of(allocated));
            settle(tenant, invoice, open.minus(part));
        }
        tenant.append(parts.toArray(SeededTenant.Part[]::new));
        tenant.payments.add(received);
    }

    static void bounce(SeededTenant tenant) {
        if (tenant.payments.isEmpty()) {
            return;
        }
        PaymentReceived payment = tenant.payments.remove(tenant.random.nextInt(tenant.payments.size()));
        JournalEntryPosted posted = tenant.entry(
                tenant.date(),
                new EntrySource(EntrySource.Kind.REVERSAL, payment.entry().toString()),
                Posting.of(SeededTenant.RECEIVABLE, payment.amount()),
                Posting.of(SeededTenant.BANK, payment.amount().negated()));
        List<SeededTenant.Part> parts = new ArrayList<>();
        parts.add(new SeededTenant.Part("journal", posted.entry(), posted));
        parts.add(new SeededTenant.Part(
                "journal", payment.entry(), new JournalEntryReversed(payment.entry(), posted.entry())));
        parts.add(new SeededTenant.Part(
                "payment",
                payment.payment(),
                new PaymentReversed(payment.payment(), posted.date(), "bounced", posted.entry())));
        for (PaymentAllocated allocated : tenant.allocations.getOrDefault(payment.payment(), List.of())) {
            Money open = tenant.open
                    .getOrDefault(allocated.invoice(), Money.zero(SeededTenant.EUR))
                    .plus(allocated.amount());
            parts.add(new SeededTenant.Part(
                    "invoice",
                    allocated.invoice(),
                    new InvoicePaymentWithdrawn(
                            allocated.invoice(), payment.payment().value(), allocated.amount(), open)));
            settle(tenant, allocated.invoice(), open);
        }
        tenant.append(parts.toArray(SeededTenant.Part[]::new));
    }

    private static void settle(SeededTenant tenant, InvoiceId invoice, Money open) {
        if (open.isZero()) {
            tenant.open.remove(invoice);
        } else {
            tenant.open.put(invoice, open);
        }
    }
}
