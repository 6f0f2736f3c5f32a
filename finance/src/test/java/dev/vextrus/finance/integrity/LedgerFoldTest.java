package dev.vextrus.finance.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.memory.InMemoryEventStore;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.JsonEventCodec;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.handling.AlteredEntries;
import dev.vextrus.finance.invoice.InvoiceDrafted;
import dev.vextrus.finance.invoice.InvoicePaymentApplied;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.payment.PaymentAllocated;
import dev.vextrus.finance.payment.PaymentReceived;
import dev.vextrus.finance.period.PeriodOpened;
import dev.vextrus.finance.projection.SeededBooks;
import dev.vextrus.kernel.Money;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Sound books of which every event is read, but for one kind that says something else than what was decided. */
class LedgerFoldTest {
    private static final PeriodOpened HARMLESS = new PeriodOpened(YearMonth.of(2026, 1));

    @Test
    void books_as_they_were_decided_break_nothing() {
        assertThat(brokenBy(event -> event)).isEmpty();
    }

    @Test
    void an_entry_whose_lines_do_not_add_up_is_found() {
        assertThat(brokenBy(event -> event instanceof JournalEntryPosted posted ? withOneCentMore(posted) : event))
                .containsExactly("debits-equal-credits");
    }

    @Test
    void more_allocated_than_was_paid_is_found() {
        assertThat(brokenBy(event -> event instanceof PaymentReceived paid
                        ? new PaymentReceived(
                                paid.payment(),
                                paid.customer(),
                                paid.date(),
                                cents(paid.amount(), 1),
                                paid.bankAccount(),
                                paid.reference(),
                                paid.entry())
                        : event))
                .containsExactly("allocated-within-paid-and-open");
    }

    @Test
    void a_rest_of_a_payment_that_its_events_belie_is_found() {
        assertThat(brokenBy(event -> event instanceof PaymentAllocated some
                        ? new PaymentAllocated(
                                some.payment(), some.invoice(), some.amount(), oneCentMore(some.unallocated()))
                        : event))
                .containsExactly("allocated-within-paid-and-open");
    }

    @Test
    void a_rest_of_an_invoice_that_its_events_belie_is_found() {
        assertThat(brokenBy(event -> event instanceof InvoicePaymentApplied some
                        ? new InvoicePaymentApplied(
                                some.invoice(), some.payment(), some.amount(), oneCentMore(some.open()))
                        : event))
                .containsExactly("allocated-within-paid-and-open");
    }

    @Test
    void what_happens_to_an_invoice_that_nobody_drafted_is_found() {
        assertThat(brokenBy(event -> event instanceof InvoiceDrafted ? HARMLESS : event))
                .containsExactly("no-orphans");
    }

    @Test
    void a_payment_without_its_journal_entry_is_found() {
        assertThat(brokenBy(event -> event instanceof JournalEntryPosted posted
                                && posted.source().kind() == EntrySource.Kind.PAYMENT
                        ? HARMLESS
                        : event))
                .containsExactly("no-orphans");
    }

    private static List<String> brokenBy(UnaryOperator<FinanceEvent> lie) {
        Findings findings = new Findings();
        EventCodec codec = new JsonEventCodec();
        try (var store = new InMemoryEventStore("1.0.0", InstantSource.fixed(Instant.EPOCH))) {
            new SeededBooks(store, 31, "acme", "bolt").append(2_000);
            var fold = new LedgerFold(
                    store,
                    event -> lie.apply(codec.decode(event.type(), event.schemaVersion(), event.payload())),
                    findings);
            fold.advanceTo(store.head());
        }
        return findings.all().stream()
                .map(Tally::toCheck)
                .filter(check -> !check.ok())
                .map(IntegrityReport.Check::name)
                .toList();
    }

    private static JournalEntryPosted withOneCentMore(JournalEntryPosted posted) {
        return AlteredEntries.firstLine(
                posted,
                line -> new Posting(line.account(), line.amount(), oneCentMore(line.baseAmount()), line.dimensions()));
    }

    private static Money oneCentMore(Money money) {
        return cents(money, money.minorUnits() + 1);
    }

    private static Money cents(Money money, long minorUnits) {
        return Money.ofMinor(money.currency(), minorUnits);
    }
}
