package dev.vextrus.eventstore.postgres;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.PERIOD;
import static dev.vextrus.eventstore.contract.Samples.command;
import static dev.vextrus.eventstore.contract.Samples.event;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static dev.vextrus.eventstore.contract.Samples.numbered;
import static dev.vextrus.eventstore.contract.Samples.request;
import static dev.vextrus.eventstore.contract.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.LogHeads;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Batches that are planned on others that are still under way. */
final class ForesightIT extends OnDatabase {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void a_batch_continues_one_that_is_still_under_way() throws Exception {
        try (EventStore store = database.store("1.0.0")) {
            store.append(write(ACME, PERIOD, 0, event("open"))).join();
            var outcomes = whileTheLogIsLocked(
                    store,
                    write(ACME, PERIOD, 1, numbered("close", "closings")),
                    request(
                            ACME,
                            List.of(new StreamWrite(INVOICE, 0, List.of(numbered("next", "closings")))),
                            List.of(new StreamVersion(PERIOD, 2)),
                            null));

            assertThat(outcomes)
                    .containsExactly(
                            new AppendResult.Appended(2, 2, List.of(1L)), new AppendResult.Appended(3, 3, List.of(2L)));
            assertThat(store.verifyChains().ok()).isTrue();
        }
    }

    @Test
    void a_guard_sees_what_is_still_under_way() throws Exception {
        try (EventStore store = database.store("1.0.0");
                Connection foreign = database.as(Role.APPENDER).getConnection()) {
            store.append(write(ACME, PERIOD, 0, event("open"))).join();
            lock(foreign);
            CompletableFuture<AppendResult> close = store.append(write(ACME, PERIOD, 1, event("close")));
            awaitWaitingForTheLock(1);
            CompletableFuture<AppendResult> posting = store.append(request(
                    ACME,
                    List.of(new StreamWrite(INVOICE, 0, List.of(event("late")))),
                    List.of(new StreamVersion(PERIOD, 1)),
                    null));
            foreign.rollback();

            assertThat(close.get(20, TimeUnit.SECONDS)).isEqualTo(new AppendResult.Appended(2, 2, List.of()));
            assertThat(posting.get(20, TimeUnit.SECONDS)).isEqualTo(new AppendResult.GuardConflict(PERIOD, 1, 2));
        }
    }

    @Test
    void a_guard_on_a_stream_that_this_process_never_saw_is_looked_up() {
        try (EventStore blue = database.store("1.0.0");
                EventStore green = database.store("1.1.0")) {
            blue.append(write(ACME, PERIOD, 0, event("open"))).join();

            assertThat(green.append(postedWhileThereIsNoPeriod("foreseen")).join())
                    .isEqualTo(new AppendResult.GuardConflict(PERIOD, 0, 1));
        }
    }

    @Test
    void a_guard_is_looked_up_where_another_process_wrote_in_between() {
        try (EventStore blue = database.store("1.0.0");
                EventStore green = database.store("1.1.0")) {
            green.append(postedWhileThereIsNoPeriod("before")).join();
            blue.append(write(ACME, PERIOD, 0, event("open"))).join();

            assertThat(green.append(postedWhileThereIsNoPeriod("overtaken")).join())
                    .isEqualTo(new AppendResult.GuardConflict(PERIOD, 0, 1));
        }
    }

    private static AppendRequest postedWhileThereIsNoPeriod(String name) {
        var write = new StreamWrite(StreamId.of("entry", name), 0, List.of(event(name)));
        return request(ACME, List.of(write), List.of(new StreamVersion(PERIOD, 0)), null);
    }

    @Test
    void a_batch_planned_on_one_that_fails_is_planned_anew() throws Exception {
        try (EventStore store = database.store("1.0.0")) {
            store.append(sent("before")).join();
            // Its key is taken to be new, until the database refuses it.
            var outcomes = whileTheLogIsLocked(store, sent("again"), fresh(ACME, INVOICE, 2));

            assertThat(outcomes.getFirst()).isInstanceOf(AppendResult.Repeated.class);
            assertThat(outcomes.getLast()).isEqualTo(new AppendResult.Appended(2, 3, List.of()));
            assertThat(store.verifyChains().ok()).isTrue();
            assertThat(store.append(fresh(GLOBEX, INVOICE, 1)).join())
                    .isEqualTo(new AppendResult.Appended(4, 4, List.of()));
        }
    }

    /** Always under the same key. */
    private static AppendRequest sent(String name) {
        var write = new StreamWrite(StreamId.of("entry", name), 0, List.of(event(name)));
        return request(ACME, List.of(write), List.of(), command("alice", "key", "hash"));
    }

    @Test
    void another_process_that_writes_in_between_is_continued() throws Exception {
        try (EventStore blue = database.store("1.0.0");
                EventStore green = database.store("1.1.0")) {
            for (int i = 0; i < 40; i++) {
                EventStore either = i % 3 == 0 ? green : blue;
                assertThat(either.append(fresh(ACME, StreamId.of("entry", Integer.toString(i)), 1))
                                .join())
                        .isEqualTo(new AppendResult.Appended(i + 1, i + 1, List.of()));
            }
            assertThat(blue.append(write(ACME, StreamId.of("entry", "0"), 1, event("more")))
                            .join())
                    .isEqualTo(new AppendResult.Appended(41, 41, List.of()));
            assertThat(blue.verifyChains().ok()).isTrue();
        }
    }

    @Test
    void nothing_is_written_after_an_end_that_the_log_has_not_or_has_no_more() throws SQLException {
        try (Connection connection = database.as(Role.APPENDER).getConnection();
                PreparedStatement statement = PlanWriter.prepareAfter(connection)) {
            Payload hash = tryToWrite(statement, new EndsQuery.Tip(0, null, 0), "first", PlanWriter.After.WRITTEN);

            tryToWrite(statement, new EndsQuery.Tip(0, null, 0), "behind", PlanWriter.After.OVERTAKEN);
            tryToWrite(statement, new EndsQuery.Tip(2, hash, 0), "ahead", PlanWriter.After.EARLY);
            tryToWrite(statement, new EndsQuery.Tip(1, hash, 1), "a-command-ahead", PlanWriter.After.EARLY);
            tryToWrite(
                    statement, new EndsQuery.Tip(1, Payload.of(new byte[32]), 0), "other", PlanWriter.After.OVERTAKEN);

            tryToWrite(statement, new EndsQuery.Tip(1, hash, 0), "second", PlanWriter.After.WRITTEN);
        }
        assertThat(database.ask("SELECT string_agg(stream, ' ' ORDER BY position) FROM eventlog.events"))
                .isEqualTo("entry/first entry/second");
    }

    /** Returns the hash of what it wants written. */
    private static Payload tryToWrite(
            PreparedStatement statement, EndsQuery.Tip after, String name, PlanWriter.After expected)
            throws SQLException {
        var heads = new LogHeads(after.position(), after.sequence());
        AppendPlan plan = AppendPlan.of(List.of(fresh(ACME, StreamId.of("entry", name), 1)), heads, "1.0.0", NOW);
        var foreseen = new Foresight.Foreseen(plan, NOW, after, 1, 1);
        assertThat(PlanWriter.writeAfter(statement, foreseen, "1.0.0", NOW))
                .as(name)
                .isEqualTo(expected);
        return plan.events().getFirst().hash();
    }

    /** Sends the second when the first waits for the log, and frees the log when both wait. */
    private List<AppendResult> whileTheLogIsLocked(EventStore store, AppendRequest first, AppendRequest second)
            throws Exception {
        try (Connection foreign = database.as(Role.APPENDER).getConnection()) {
            lock(foreign);
            CompletableFuture<AppendResult> one = store.append(first);
            awaitWaitingForTheLock(1);
            CompletableFuture<AppendResult> two = store.append(second);
            awaitWaitingForTheLock(2);
            foreign.rollback();
            return List.of(one.get(20, TimeUnit.SECONDS), two.get(20, TimeUnit.SECONDS));
        }
    }

    private static void lock(Connection foreign) throws SQLException {
        foreign.setAutoCommit(false);
        try (Statement statement = foreign.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(7311142570156650343)");
        }
    }

    private void awaitWaitingForTheLock(int wanted) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        String waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        while (!Integer.toString(wanted).equals(database.ask(waiting))) {
            assertThat(System.nanoTime()).as("%d wait for the lock", wanted).isLessThan(deadline);
        }
    }
}
