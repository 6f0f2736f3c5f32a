package dev.vextrus.finance.handling;

import static dev.vextrus.finance.handling.TestBooks.id;
import static dev.vextrus.finance.handling.TestBooks.sale;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.postgres.EventLogSchema;
import dev.vextrus.eventstore.postgres.PostgresEventStore;
import dev.vextrus.finance.codec.JsonEventCodec;
import dev.vextrus.finance.command.Outcome;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.handling.DecidingAgain.Mode;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.ReverseJournalEntry;
import dev.vextrus.finance.tenant.TaxRounding;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The write side on PostgreSQL; one tenant's books grow from test to test. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WriteSideIT {
    /** A month that the random commands leave alone. */
    private static final LocalDate AUGUST = LocalDate.of(2026, 8, 1);

    private static final List<HikariDataSource> POOLS = new ArrayList<>();
    private static EmbeddedPostgres server;
    private static EventStore store;
    private static TestBooks books;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start(Files.createTempDirectory("vextrus-write-"));
        Roles roles = Roles.provision(server);
        EventLogSchema.migrate(roles.dataSource(Role.OWNER));
        store = new PostgresEventStore(
                new PostgresEventStore.Sources(
                        pool(roles, Role.APPENDER), pool(roles, Role.PROJECTOR), pool(roles, Role.READER)),
                "1.0.0",
                TestBooks.CLOCK);
        books = new TestBooks(store, new JsonEventCodec(), TestBooks.allDeciders(), 1);
        books.accept(TestBooks.create(TaxRounding.PER_DOCUMENT));
    }

    private static HikariDataSource pool(Roles roles, Role role) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(roles.dataSource(role));
        config.setMaximumPoolSize(4);
        HikariDataSource pool = new HikariDataSource(config);
        POOLS.add(pool);
        return pool;
    }

    @AfterAll
    static void stop() {
        store.close();
        POOLS.forEach(HikariDataSource::close);
        server.close();
    }

    @Test
    @Order(1)
    void books_and_model_agree_on_every_outcome_and_on_the_figures() {
        RandomCommands commands = new RandomCommands(77, books);
        commands.run(250);
        commands.model.balances.values().removeIf(balance -> balance == 0);
        var balances = CommandHandlingTest.balances(books);
        balances.values().removeIf(balance -> balance == 0);
        assertThat(balances).isEqualTo(commands.model.balances);
        assertThat(store.verifyChains(0).ok()).isTrue();
    }

    @Test
    @Order(2)
    void of_a_hundred_concurrent_reversals_in_two_processes_one_wins() throws Exception {
        TestBooks other = books.another(2);
        String entry = id(books.accept(sale(AUGUST, "5.00")), "journalEntry");
        ReverseJournalEntry reverse = new ReverseJournalEntry(JournalEntryId.of(entry), AUGUST, "");
        List<Outcome> outcomes = CommandHandlingTest.concurrently(
                100, i -> (i % 2 == 0 ? books : other).run("ann", "reverse-" + i, reverse));
        assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream()
                        .filter(Outcome.Refused.class::isInstance)
                        .map(outcome -> ((Outcome.Refused) outcome).refusal().rule()))
                .hasSize(99)
                .containsOnly(Rule.ENTRY_REVERSED);
    }

    @Test
    @Order(3)
    void a_key_that_was_answered_before_a_crash_gets_the_same_answer_after_it() {
        Outcome.Accepted first = (Outcome.Accepted) books.run("ann", "crash", sale(AUGUST, "7.00"));
        long head = store.head();
        // Another process: nothing of the first one's memory is left.
        Outcome again = books.another(3).run("ann", "crash", sale(AUGUST, "7.00"));
        assertThat(again).isEqualTo(new Outcome.Accepted(first.position(), first.ids(), first.numbers(), true));
        assertThat(store.head()).isEqualTo(head);
    }

    @Test
    @Order(4)
    void every_command_on_record_is_decided_again_alike() {
        DecidingAgain again = new DecidingAgain(
                store,
                new JsonEventCodec(),
                new CommandCodec(),
                new Deciders(TestBooks.allDeciders()),
                new Folding(store, new JsonEventCodec(), new Quarantine()));
        List<DecidingAgain.Digest> recorded = again.digests(0, 10_000, Mode.RECORDED);
        assertThat(recorded).hasSizeGreaterThan(250);
        assertThat(again.digests(0, 10_000, Mode.DECIDED)).isEqualTo(recorded);
    }
}
