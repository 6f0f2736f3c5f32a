package dev.vextrus.finance.handling;

import static dev.vextrus.finance.handling.TestBooks.draft;
import static dev.vextrus.finance.handling.TestBooks.id;
import static dev.vextrus.finance.handling.TestBooks.line;
import static dev.vextrus.finance.handling.TestBooks.vat19;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.JsonEventCodec;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.handling.DecidingAgain.Digest;
import dev.vextrus.finance.handling.DecidingAgain.Mode;
import dev.vextrus.finance.invoice.ApproveInvoice;
import dev.vextrus.finance.invoice.InvoiceCommand;
import dev.vextrus.finance.invoice.InvoiceDecider;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecidingAgainTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void the_same_release_decides_every_command_as_it_was_recorded(long seed) {
        TestBooks books = TestBooks.standard();
        new RandomCommands(seed, books).run(300);
        DecidingAgain again = again(books, TestBooks.allDeciders());

        List<Digest> recorded = again.digests(0, 10_000, Mode.RECORDED);
        assertThat(recorded).hasSizeGreaterThan(250);
        assertThat(again.digests(0, 10_000, Mode.DECIDED)).isEqualTo(recorded);
    }

    @ParameterizedTest(name = "pages of {0}")
    @ValueSource(ints = {1, 2, 7, 50})
    void wherever_a_page_begins_the_decisions_are_the_same(int size) {
        TestBooks books = TestBooks.standard();
        new RandomCommands(4, books).run(200);
        DecidingAgain again = again(books, TestBooks.allDeciders());

        List<Digest> paged = new ArrayList<>();
        for (List<Digest> page = again.digests(0, size, Mode.DECIDED);
                !page.isEmpty();
                page = again.digests(page.getLast().sequence(), size, Mode.DECIDED)) {
            paged.addAll(page);
        }

        assertThat(paged).isEqualTo(again(books, TestBooks.allDeciders()).digests(0, 10_000, Mode.RECORDED));
    }

    @Test
    void deciding_again_writes_nothing() {
        TestBooks books = TestBooks.standard();
        new RandomCommands(5, books).run(50);
        long head = books.store.head();
        int commands = books.store.readCommands(0, 10_000).size();
        again(books, TestBooks.allDeciders()).digests(0, 10_000, Mode.DECIDED);
        assertThat(books.store.head()).isEqualTo(head);
        assertThat(books.store.readCommands(0, 10_000)).hasSize(commands);
    }

    @Test
    void a_release_that_posts_tax_wrongly_differs_in_just_those_commands() {
        TestBooks books = TestBooks.standard();
        InvoiceId invoice = InvoiceId.of(id(books.accept(draft("c", line("1", "100", vat19()))), "invoice"));
        books.accept(new ApproveInvoice(invoice));
        List<Decider<?>> deciders = new ArrayList<>(TestBooks.allDeciders());
        deciders.removeIf(InvoiceDecider.class::isInstance);
        deciders.add(new WithoutTax());
        DecidingAgain again = again(books, deciders);

        List<Digest> recorded = again.digests(0, 100, Mode.RECORDED);
        List<Digest> decided = again.digests(0, 100, Mode.DECIDED);
        assertThat(decided.stream().filter(digest -> !recorded.contains(digest)))
                .extracting(Digest::command)
                .containsExactly("ApproveInvoice");

        long sequence = recorded.getLast().sequence();
        assertThat(again.detail(sequence, Mode.RECORDED).orElseThrow().outcome().toString())
                .contains("InvoiceApproved", "JournalEntryPosted", "\"account\":\"2200\",\"amount\":\"-19.00 EUR\"");
        assertThat(again.detail(sequence, Mode.DECIDED).orElseThrow().outcome().toString())
                .doesNotContain("\"account\":\"2200\"");
        assertThat(again.detail(sequence + 1, Mode.DECIDED)).isEmpty();
    }

    @Test
    void commands_are_paged_in_order() {
        TestBooks books = TestBooks.standard();
        new RandomCommands(6, books).run(20);
        DecidingAgain again = again(books, TestBooks.allDeciders());
        List<Digest> all = again.digests(0, 100, Mode.RECORDED);
        assertThat(again.digests(all.get(4).sequence(), 3, Mode.RECORDED)).isEqualTo(all.subList(5, 8));
    }

    /** As another process would: nothing of the first one's memory. */
    private static DecidingAgain again(TestBooks books, List<Decider<?>> deciders) {
        EventCodec codec = new JsonEventCodec();
        return new DecidingAgain(
                books.store,
                codec,
                new CommandCodec(),
                new Deciders(deciders),
                new Folding(books.store, codec, new Quarantine()));
    }

    /** Books the tax as revenue; each entry still balances. */
    private static final class WithoutTax implements Decider<InvoiceCommand> {
        private final InvoiceDecider right = new InvoiceDecider();

        @Override
        public Class<InvoiceCommand> commands() {
            return right.commands();
        }

        @Override
        public List<Ref<?>> needs(InvoiceCommand command, Known known) {
            return right.needs(command, known);
        }

        @Override
        public Decision decide(InvoiceCommand command, Known known, Given given) {
            Decision decision = right.decide(command, known, given);
            return decision instanceof Decision.Accepted accepted
                    ? new Decision.Accepted(
                            accepted.changes().stream().map(WithoutTax::wrong).toList(),
                            accepted.guards(),
                            accepted.ids())
                    : decision;
        }

        private static Decision.Change wrong(Decision.Change change) {
            return new Decision.Change(
                    change.stream(),
                    change.facts().stream()
                            .map(fact -> new Decision.Fact(wrong(fact.event()), fact.series()))
                            .toList());
        }

        private static FinanceEvent wrong(FinanceEvent event) {
            return event instanceof JournalEntryPosted posted
                    ? AlteredEntries.eachLine(posted, WithoutTax::taxToRevenue)
                    : event;
        }

        private static Posting taxToRevenue(Posting line) {
            return line.account().equals(TestBooks.code("2200"))
                    ? new Posting(TestBooks.code("4000"), line.amount(), line.baseAmount(), line.dimensions())
                    : line;
        }
    }
}
