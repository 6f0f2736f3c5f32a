package dev.vextrus.eventstore.postgres;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.PERIOD;
import static dev.vextrus.eventstore.contract.Samples.command;
import static dev.vextrus.eventstore.contract.Samples.event;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static dev.vextrus.eventstore.contract.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.EventStore.Subscription;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.eventstore.contract.Received;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL is killed, or goes away in the worst moment. */
final class CrashIT extends OnDatabase {
    private static final int CLIENTS = 40;

    @Test
    void what_was_answered_is_there_once_after_the_database_is_killed_in_mid_batch() throws Exception {
        try (EventStore store = database.store("1.0.0")) {
            var received = new Received();
            Map<String, Long> answered = new ConcurrentHashMap<>();
            var appended = new Counter();
            try (Subscription _ = store.subscribe("test", 0, received::accept)) {
                List<Thread> clients = IntStream.range(0, CLIENTS)
                        .mapToObj(client -> Thread.ofVirtual().start(() -> send(store, client, answered, appended)))
                        .toList();
                for (int kills = 1; kills <= 2; kills++) {
                    appended.awaitAtLeast(kills * 300);
                    kill();
                    database.server().restart();
                }
                for (Thread client : clients) {
                    assertThat(client.join(Duration.ofSeconds(60))).isTrue();
                }
                received.awaitUpTo(store.head());
            }
            List<RecordedEvent> log = store.readLog(0, 100_000);
            assertThat(log).hasSize(CLIENTS * 50).isEqualTo(received.events());
            assertThat(log).extracting(RecordedEvent::id).doesNotHaveDuplicates();
            answered.forEach((key, position) -> assertThat(store.findCommand(ACME, "alice", key))
                    .hasValueSatisfying(
                            recorded -> assertThat(recorded.lastPosition()).isEqualTo(position)));
            assertThat(store.verifyChains().ok()).isTrue();
        }
    }

    /** Fifty commands one after another, each sent again under its key until it is answered. */
    private static void send(EventStore store, int client, Map<String, Long> answered, Counter appended) {
        StreamId stream = StreamId.of("client", Integer.toString(client));
        for (int n = 0; n < 50; n++) {
            String key = client + "/" + n;
            answered.put(key, sendUntilAnswered(store, posting(stream, n, key)));
            appended.increment();
        }
    }

    private static long sendUntilAnswered(EventStore store, AppendRequest request) {
        while (true) {
            try {
                return switch (store.append(request).join()) {
                    case AppendResult.Appended done -> done.lastPosition();
                    case AppendResult.Repeated again -> again.first().lastPosition();
                    case AppendResult other -> throw new AssertionError("unexpected: " + other);
                };
            } catch (CompletionException away) {
                assertThat(away).hasCauseInstanceOf(StoreUnavailable.class);
            }
        }
    }

    private static AppendRequest posting(StreamId stream, int version, String key) {
        var write = new StreamWrite(stream, version, List.of(event(key)));
        return request(ACME, List.of(write), List.of(), command("alice", key, "hash"));
    }

    @Test
    void a_commit_whose_answer_was_lost_is_not_done_twice() throws Exception {
        try (var lossy = new LossyCommits(database, LossyCommits.Loss.AFTER_COMMIT);
                EventStore other = database.store("1.1.0")) {
            // Commits in a transaction that took the lock first, since another process wrote in between.
            lossy.store().append(fresh(GLOBEX, INVOICE, 1)).join();
            other.append(fresh(GLOBEX, PERIOD, 1)).join();
            assertThat(lossy.store().append(fresh(ACME, INVOICE, 2)).join())
                    .isEqualTo(new AppendResult.Appended(3, 4, List.of()));
            assertThat(lossy.store().append(posting(PERIOD, 0, "key")).join())
                    .isEqualTo(new AppendResult.Appended(5, 5, List.of()));
            assertThat(lossy.losses()).isEqualTo(2);
            assertThat(lossy.store().readLog(0, 10)).hasSize(5);
        }
    }

    @Test
    void a_batch_lost_before_its_commit_is_carried_out_again() throws Exception {
        try (var lossy = new LossyCommits(database, LossyCommits.Loss.BEFORE_COMMIT);
                EventStore other = database.store("1.1.0")) {
            lossy.store().append(fresh(GLOBEX, INVOICE, 1)).join();
            other.append(fresh(GLOBEX, PERIOD, 1)).join();
            assertThat(lossy.store().append(fresh(ACME, INVOICE, 2)).join())
                    .isEqualTo(new AppendResult.Appended(3, 4, List.of()));
            assertThat(lossy.losses()).isEqualTo(1);
            assertThat(lossy.store().readLog(0, 10)).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_FORESEEN", "AFTER_FORESEEN"})
    void a_foreseen_batch_whose_answer_was_lost_is_done_once(LossyCommits.Loss loss) {
        try (var lossy = new LossyCommits(database, loss)) {
            assertThat(lossy.store().append(fresh(ACME, INVOICE, 2)).join())
                    .isEqualTo(new AppendResult.Appended(1, 2, List.of()));
            assertThat(lossy.store().append(posting(PERIOD, 0, "key")).join())
                    .isEqualTo(new AppendResult.Appended(3, 3, List.of()));
            assertThat(lossy.losses()).isEqualTo(loss == LossyCommits.Loss.AFTER_FORESEEN ? 2 : 1);
            assertThat(lossy.store().readLog(0, 10)).hasSize(3);
        }
    }

    @Test
    void a_retry_with_another_process_after_a_lost_reply_gets_the_first_outcome() {
        AppendRequest sent = posting(PERIOD, 0, "key");
        try (EventStore first = database.store("1.0.0")) {
            first.append(sent).join();
        }
        try (EventStore second = database.store("1.1.0")) {
            assertThat(second.append(sent).join()).isInstanceOfSatisfying(AppendResult.Repeated.class, again -> {
                assertThat(again.first().lastPosition()).isEqualTo(1);
                assertThat(again.first().release()).isEqualTo("1.0.0");
            });
        }
    }

    @Test
    void a_database_that_stays_away_is_said_to_be_unavailable_and_is_used_again_when_back() {
        try (var store =
                new PostgresEventStore(database.sources(), "1.0.0", InstantSource.system(), Duration.ofMillis(300))) {
            store.append(fresh(ACME, INVOICE, 1)).join();
            database.server().stop();

            assertThatThrownBy(() -> store.append(fresh(ACME, PERIOD, 1)).join())
                    .hasCauseInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(store::head).isInstanceOf(StoreUnavailable.class);

            database.server().restart();
            assertThat(store.append(fresh(ACME, PERIOD, 1)).join())
                    .isEqualTo(new AppendResult.Appended(2, 2, List.of()));
        }
    }

    private void kill() throws Exception {
        ProcessHandle server =
                ProcessHandle.of(database.server().pid().orElseThrow()).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(20, TimeUnit.SECONDS);
    }

    /** Counts up, and can be waited for. */
    private static final class Counter {
        private int count;

        synchronized void increment() {
            count++;
            notifyAll();
        }

        synchronized void awaitAtLeast(int wanted) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (count < wanted) {
                assertThat(System.nanoTime()).as("%d appended", count).isLessThan(deadline);
                TimeUnit.SECONDS.timedWait(this, 1);
            }
        }
    }
}
