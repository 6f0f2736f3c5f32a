package dev.vextrus.eventstore.postgres;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.PERIOD;
import static dev.vextrus.eventstore.contract.Samples.event;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static dev.vextrus.eventstore.contract.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.EventStore.Subscription;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.LogHeads;
import dev.vextrus.eventstore.contract.Received;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Position order is commit order, whatever transactions are in flight and whoever else appends. */
final class OrderIT extends OnDatabase {

    @Test
    void an_append_that_another_process_has_not_committed_is_not_overtaken() throws Exception {
        try (EventStore store = database.store("1.0.0");
                Connection foreign = database.as(Role.APPENDER).getConnection()) {
            var received = new Received();
            try (Subscription _ = store.subscribe("test", 0, received::accept)) {
                foreign.setAutoCommit(false);
                appendWithoutCommitting(foreign);
                CompletableFuture<AppendResult> ours = store.append(fresh(ACME, INVOICE, 1));
                awaitOneWaitingForTheLock();
                assertThat(ours).isNotDone();
                assertThat(received.events()).isEmpty();

                foreign.commit();

                assertThat(ours.get(20, TimeUnit.SECONDS)).isEqualTo(new AppendResult.Appended(2, 2, List.of()));
                received.awaitUpTo(2);
            }
            assertThat(received.events()).extracting(event -> event.tenant()).containsExactly(GLOBEX, ACME);
        }
    }

    @Test
    void a_transaction_left_open_elsewhere_hides_nothing() throws Exception {
        try (EventStore store = database.store("1.0.0");
                Connection idle = database.as(Role.OWNER).getConnection();
                Statement statement = idle.createStatement()) {
            idle.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id(), count(*) FROM eventlog.events");
            var received = new Received();
            try (Subscription _ = store.subscribe("test", 0, received::accept)) {
                store.append(fresh(ACME, INVOICE, 3)).join();
                received.awaitUpTo(3);
            }
            idle.rollback();
        }
    }

    @Test
    void two_processes_on_one_log_write_one_order_that_both_see() throws Exception {
        try (EventStore blue = database.store("1.0.0");
                EventStore green = database.store("1.1.0")) {
            var atBlue = new Received();
            var atGreen = new Received();
            try (Subscription _ = blue.subscribe("blue", 0, atBlue::accept);
                    Subscription _ = green.subscribe("green", 0, atGreen::accept)) {
                List<CompletableFuture<AppendResult>> sent = new ArrayList<>();
                for (int i = 0; i < 400; i++) {
                    EventStore either = i % 2 == 0 ? blue : green;
                    sent.add(either.append(fresh(ACME, StreamId.of("entry", Integer.toString(i)), 1)));
                }
                sent.forEach(CompletableFuture::join);
                atBlue.awaitUpTo(400);
                atGreen.awaitUpTo(400);
            }
            assertThat(atBlue.positions())
                    .isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
            assertThat(atGreen.events()).isEqualTo(atBlue.events());
            assertThat(blue.verifyChains().ok()).isTrue();
        }
    }

    @Test
    void of_a_hundred_appends_at_one_version_by_two_processes_one_wins() {
        try (EventStore blue = database.store("1.0.0");
                EventStore green = database.store("1.1.0")) {
            blue.append(fresh(ACME, PERIOD, 1)).join();
            List<CompletableFuture<AppendResult>> racing = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                racing.add((i % 2 == 0 ? blue : green).append(write(ACME, PERIOD, 1, event("close-" + i))));
            }
            assertThat(racing.stream().map(CompletableFuture::join))
                    .filteredOn(AppendResult.Appended.class::isInstance)
                    .hasSize(1);
            assertThat(blue.readStream(ACME, PERIOD, 0, 10)).hasSize(2);
        }
    }

    private static void appendWithoutCommitting(Connection foreign) throws SQLException {
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        AppendPlan plan = AppendPlan.of(List.of(fresh(GLOBEX, INVOICE, 1)), new LogHeads(0, 0), "foreign", now);
        try (PreparedStatement statement = PlanWriter.prepare(foreign)) {
            PlanWriter.write(statement, plan, "foreign", now);
        }
    }

    private void awaitOneWaitingForTheLock() throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        while (!"1".equals(database.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))) {
            assertThat(System.nanoTime()).as("an append waits for the lock").isLessThan(deadline);
        }
    }
}
