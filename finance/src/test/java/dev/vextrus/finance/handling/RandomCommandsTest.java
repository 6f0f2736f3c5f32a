package dev.vextrus.finance.handling;

import static dev.vextrus.finance.handling.TestBooks.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.finance.command.Known.At;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.invoice.Invoice;
import dev.vextrus.finance.invoice.InvoiceFold;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.payment.PaymentFold;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.finance.period.ClosePeriod;
import dev.vextrus.finance.period.PeriodFold;
import dev.vextrus.finance.period.ReopenPeriod;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SPEC X1, X2, X3, X5, X10 and X25 on the write side. */
class RandomCommandsTest {

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void books_and_model_agree_on_every_outcome_and_on_the_figures(long seed) {
        TestBooks books = TestBooks.standard();
        RandomCommands commands = new RandomCommands(seed, books);
        commands.run(400);

        assertThat(nonZero(CommandHandlingTest.balances(books))).isEqualTo(nonZero(commands.model.balances));
        commands.model.invoices.forEach((id, expected) -> {
            At at = books.folding.load(ACME, InvoiceFold.invoice(InvoiceId.of(id)), Long.MAX_VALUE);
            Invoice invoice = (Invoice) at.state();
            long open = invoice.open() == null ? 0 : invoice.openAmount().minorUnits();
            assertThat(open)
                    .as("open amount of %s", id)
                    .isEqualTo(expected.open)
                    .isBetween(0L, expected.total());
        });
        commands.model
                .payments
                .values()
                .forEach(payment -> assertThat(payment.left).isNotNegative());
        everyEntryBalances(books);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_snapshot_and_the_tail_give_the_full_replay_at_every_version(long seed) {
        TestBooks books = TestBooks.standard();
        RandomCommands commands = new RandomCommands(seed, books);
        commands.run(150);
        // A stream long enough for snapshots: a period that is closed and reopened over and over.
        Ref<?> july = PeriodFold.period(YearMonth.of(2026, 7));
        for (int i = 0; i < 80; i++) {
            books.accept(new ClosePeriod(YearMonth.of(2026, 7)));
            books.accept(new ReopenPeriod(YearMonth.of(2026, 7), "again"));
        }
        assertThat(books.store.loadSnapshot(
                        ACME, Folding.id(july.key()), july.fold().version(), 160))
                .hasValueSatisfying(snapshot -> assertThat(snapshot.version()).isEqualTo(150));

        sameAtEveryVersion(books, july);
        commands.model
                .invoices
                .keySet()
                .forEach(id -> sameAtEveryVersion(books, InvoiceFold.invoice(InvoiceId.of(id))));
        commands.model
                .payments
                .keySet()
                .forEach(id -> sameAtEveryVersion(books, PaymentFold.payment(PaymentId.of(id))));
    }

    private static void sameAtEveryVersion(TestBooks books, Ref<?> stream) {
        List<RecordedEvent> events = books.store.readStream(ACME, Folding.id(stream.key()), 0, Long.MAX_VALUE);
        for (int version = 0; version <= events.size(); version++) {
            At replayed = books.folding.replay(ACME, stream, version);
            assertThat(replayed.version()).isEqualTo(version);
            assertThat(books.folding.load(ACME, stream, version)).isEqualTo(replayed);
        }
    }

    private static void everyEntryBalances(TestBooks books) {
        for (RecordedEvent event : books.log()) {
            if (books.decode(event) instanceof JournalEntryPosted posted) {
                long sum = posted.lines().stream()
                        .mapToLong(line -> line.baseAmount().minorUnits())
                        .sum();
                assertThat(sum).as("entry %s", posted.entry()).isZero();
            }
        }
    }

    private static Map<String, Long> nonZero(Map<String, Long> balances) {
        Map<String, Long> left = new TreeMap<>(balances);
        left.values().removeIf(balance -> balance == 0);
        return left;
    }
}
