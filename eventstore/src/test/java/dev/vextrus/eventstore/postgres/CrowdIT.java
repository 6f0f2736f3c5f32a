package dev.vextrus.eventstore.postgres;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.command;
import static dev.vextrus.eventstore.contract.Samples.event;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static dev.vextrus.eventstore.contract.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamWrite;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many clients, few connections. */
final class CrowdIT extends OnDatabase {

    @Test
    void more_clients_than_pooled_connections_never_stall() throws Exception {
        try (HikariDataSource appender = database.pool(Role.APPENDER, 2);
                HikariDataSource projector = database.pool(Role.PROJECTOR, 2);
                HikariDataSource reader = database.pool(Role.READER, 1);
                EventStore store = new PostgresEventStore(
                        new PostgresEventStore.Sources(appender, projector, reader), "1.0.0", InstantSource.system())) {
            var done = new AtomicInteger();
            List<Thread> clients = IntStream.range(0, 300)
                    .mapToObj(client -> Thread.ofVirtual().start(() -> {
                        appendAndRead(store, client);
                        done.incrementAndGet();
                    }))
                    .toList();
            for (Thread client : clients) {
                client.join(TimeUnit.SECONDS.toMillis(60));
            }
            assertThat(done).hasValue(300);
            assertThat(store.readLog(0, 1_000)).hasSize(300);
        }
    }

    @Test
    void a_client_that_hangs_up_leaves_nothing_locked() {
        try (EventStore store = database.store("1.0.0")) {
            for (int i = 0; i < 50; i++) {
                CompletableFuture<AppendResult> abandoned =
                        store.append(fresh(ACME, StreamId.of("abandoned", Integer.toString(i)), 1));
                abandoned.cancel(true);
            }
            assertThat(store.append(fresh(ACME, StreamId.of("entry", "after"), 1))
                            .join())
                    .isInstanceOf(AppendResult.Appended.class);
        }
    }

    private static void appendAndRead(EventStore store, int client) {
        StreamId stream = StreamId.of("entry", Integer.toString(client));
        var write = new StreamWrite(stream, 0, List.of(event(stream.value())));
        String key = "key-" + client;
        assertThat(store.append(request(ACME, List.of(write), List.of(), command("alice", key, "hash")))
                        .join())
                .isInstanceOf(AppendResult.Appended.class);
        assertThat(store.readStream(ACME, stream, 0, 10)).hasSize(1);
        assertThat(store.findCommand(ACME, "alice", key)).isPresent();
    }
}
