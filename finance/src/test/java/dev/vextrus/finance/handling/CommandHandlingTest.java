package dev.vextrus.finance.handling;

import static dev.vextrus.finance.handling.TestBooks.ACME;
import static dev.vextrus.finance.handling.TestBooks.DAY;
import static dev.vextrus.finance.handling.TestBooks.EUR;
import static dev.vextrus.finance.handling.TestBooks.USD;
import static dev.vextrus.finance.handling.TestBooks.code;
import static dev.vextrus.finance.handling.TestBooks.draft;
import static dev.vextrus.finance.handling.TestBooks.entry;
import static dev.vextrus.finance.handling.TestBooks.eur;
import static dev.vextrus.finance.handling.TestBooks.id;
import static dev.vextrus.finance.handling.TestBooks.line;
import static dev.vextrus.finance.handling.TestBooks.receive;
import static dev.vextrus.finance.handling.TestBooks.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.finance.account.AccountFold;
import dev.vextrus.finance.codec.EventVersion;
import dev.vextrus.finance.command.Outcome;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.invoice.ApproveInvoice;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.VoidInvoice;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.journal.ReverseJournalEntry;
import dev.vextrus.finance.payment.Allocation;
import dev.vextrus.finance.period.ClosePeriod;
import dev.vextrus.finance.period.ReopenPeriod;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.Money;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CommandHandlingTest {
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private final TestBooks books = TestBooks.standard();

    @Test
    void the_same_key_and_command_give_the_first_outcome_and_nothing_more() {
        InvoiceId invoice = drafted("100.00");
        Outcome.Accepted first = (Outcome.Accepted) books.run("ann", "k", new ApproveInvoice(invoice));
        long head = books.store.head();

        Outcome again = books.another(9).run("ann", "k", new ApproveInvoice(invoice));

        assertThat(again).isEqualTo(new Outcome.Accepted(first.position(), first.ids(), first.numbers(), true));
        assertThat(first.numbers()).containsExactly(1L);
        assertThat(books.store.head()).isEqualTo(head);
    }

    @Test
    void the_same_key_with_another_command_is_told_apart() {
        books.run("ann", "k", sale("1.00"));
        assertThat(books.run("ann", "k", sale("2.00"))).isEqualTo(new Outcome.KeyReused("k"));
        assertThat(books.run("bob", "k", sale("2.00"))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void a_refusal_stands_under_its_key_even_when_the_command_would_now_be_accepted() {
        books.accept(new ClosePeriod(MARCH));
        Outcome.Refused first = (Outcome.Refused) books.run("ann", "k", sale("1.00"));
        books.accept(new ReopenPeriod(MARCH, "late papers"));

        assertThat(books.run("ann", "k", sale("1.00"))).isEqualTo(new Outcome.Refused(first.refusal(), true));
        assertThat(books.run("ann", "k2", sale("1.00"))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void of_a_hundred_concurrent_reversals_one_wins() throws Exception {
        String entry = id(books.accept(sale("5.00")), "journalEntry");
        ReverseJournalEntry reverse = new ReverseJournalEntry(JournalEntryId.of(entry), DAY, "");

        List<Outcome> outcomes = concurrently(100, i -> books.run("ann", "reverse-" + i, reverse));

        assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream()
                        .filter(Outcome.Refused.class::isInstance)
                        .map(outcome -> ((Outcome.Refused) outcome).refusal().rule()))
                .hasSize(99)
                .containsOnly(Rule.ENTRY_REVERSED);
    }

    @Test
    void concurrent_payments_never_allocate_more_than_is_open() throws Exception {
        InvoiceId invoice = drafted("100.00");
        books.accept(new ApproveInvoice(invoice));

        List<Outcome> outcomes = concurrently(
                40, i -> books.run("ann", "pay-" + i, receive("c", "30.00", new Allocation(invoice, eur("30.00")))));

        assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance)).hasSize(3);
        assertThat(outcomes).noneMatch(Outcome.Conflict.class::isInstance);
    }

    @Test
    void another_process_that_closed_the_period_is_not_overlooked() {
        TestBooks other = books.another(2);
        books.accept(sale("1.00"));
        other.accept(new ClosePeriod(MARCH));
        // Our memory still says open; the guard in the append knows better.
        assertThat(books.refuse(sale("1.00")).rule()).isEqualTo(Rule.PERIOD_CLOSED);
    }

    @Test
    void nobody_is_refused_because_our_memory_is_behind() {
        TestBooks other = books.another(2);
        books.accept(new ClosePeriod(MARCH));
        assertThat(books.refuse(sale("1.00")).rule()).isEqualTo(Rule.PERIOD_CLOSED);
        other.accept(new ReopenPeriod(MARCH, "late papers"));
        books.accept(sale("1.00"));
    }

    @Test
    void invoices_are_numbered_without_gaps_whatever_is_refused_in_between() {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            InvoiceId invoice = drafted("10.00");
            numbers.addAll(books.accept(new ApproveInvoice(invoice)).numbers());
            books.refuse(new ApproveInvoice(invoice));
        }
        assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void voiding_an_approved_invoice_posts_the_opposite_entry() {
        InvoiceId invoice = drafted("100.00");
        books.accept(new ApproveInvoice(invoice));
        books.accept(new VoidInvoice(invoice, DAY, "a mistake"));

        assertThat(balances(books))
                .allSatisfy((_, balance) -> assertThat(balance).isZero());
    }

    @Test
    void an_exchange_of_currencies_balances_through_the_trading_account() {
        books.accept(entry(
                DAY,
                new Posting(code("1010"), Money.of(USD, "110.00"), eur("100.00"), Map.of()),
                Posting.of(code("1000"), eur("-100.00"))));

        JournalEntryPosted posted =
                (JournalEntryPosted) books.decode(books.log().getLast());
        assertThat(posted.lines())
                .contains(
                        new Posting(code("3990"), Money.of(USD, "-110.00"), eur("-100.00"), Map.of()),
                        Posting.of(code("3990"), eur("100.00")));
    }

    @Test
    void a_stream_with_an_event_of_a_newer_release_is_quarantined_alone() {
        String stream = AccountFold.account(code("1010")).key().toString();
        books.store
                .append(new AppendRequest(
                        ACME,
                        List.of(new StreamWrite(
                                new StreamId(stream),
                                1,
                                List.of(new NewEvent(
                                        new UUID(3, 3), "AccountPainted", 1, Payload.ofUtf8("{}"), null)))),
                        List.of(),
                        new Metadata(Actor.of("newer"), new UUID(0, 1), null),
                        null))
                .join();

        assertThat(books.refuse(sale("1.00")).rule()).isEqualTo(Rule.STREAM_QUARANTINED);
        books.accept(entry(DAY, Posting.of(code("1000"), eur("1.00")), Posting.of(code("4000"), eur("-1.00"))));
        assertThat(books.quarantine.streams()).singleElement().satisfies(quarantined -> {
            assertThat(quarantined.stream()).isEqualTo(stream);
            assertThat(quarantined.event()).isEqualTo(new EventVersion("AccountPainted", 1));
        });
    }

    @Test
    void an_amount_in_the_log_is_what_was_decided_to_the_last_minor_unit() {
        books.accept(sale("92233720368547758.07"));
        assertThat(balances(books)).containsEntry("1010", Long.MAX_VALUE);
    }

    private InvoiceId drafted(String price) {
        return InvoiceId.of(id(books.accept(draft("c", line("1", price, null))), "invoice"));
    }

    /** Balances in euro cents by account, folded from the log. */
    static Map<String, Long> balances(TestBooks books) {
        Map<String, Long> balances = new TreeMap<>();
        for (RecordedEvent event : books.log()) {
            if (books.decode(event) instanceof JournalEntryPosted posted) {
                posted.lines().forEach(line -> {
                    assertThat(line.baseAmount().currency()).isEqualTo(EUR);
                    balances.merge(line.account().value(), line.baseAmount().minorUnits(), Math::addExact);
                });
            }
        }
        return balances;
    }

    interface Numbered {
        Outcome run(int i);
    }

    static List<Outcome> concurrently(int count, Numbered task) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Outcome>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.run(number);
                }));
            }
            start.countDown();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }
}
