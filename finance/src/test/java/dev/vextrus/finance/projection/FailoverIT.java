package dev.vextrus.finance.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.memory.InMemoryEventStore;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a worker, the next one goes on, and no event is applied twice or left out. */
class FailoverIT {
    private static final int SMALL_BATCH = 40;

    /** Comes after the real projections of a batch, so that whatever it does happens to a half-done transaction. */
    private record Interference(BeforeCommit action) implements Projection {
        @FunctionalInterface
        interface BeforeCommit {
            void run(List<ProjectedEvent> events);
        }

        @Override
        public String name() {
            return "interference";
        }

        @Override
        public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
            action.run(events);
        }

        List<Projection> afterAll() {
            return Stream.concat(ReadModelFixture.PROJECTIONS.stream(), Stream.of(this))
                    .toList();
        }
    }

    @Test
    void a_worker_that_freezes_within_a_transaction_is_overtaken_and_does_no_harm_when_it_wakes() throws Exception {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            CountDownLatch frozen = new CountDownLatch(1);
            CountDownLatch thaw = new CountDownLatch(1);
            AtomicInteger batches = new AtomicInteger();
            Interference freeze = new Interference(events -> {
                if (batches.incrementAndGet() == 3) {
                    frozen.countDown();
                    awaitQuietly(thaw);
                }
            });
            new SeededBooks(store, 21, "acme", "bolt").append(200);
            try (ProjectionRunner first = ReadModelFixture.runner(store, name, freeze.afterAll(), SMALL_BATCH);
                    ProjectionRunner second =
                            ReadModelFixture.runner(store, name, ReadModelFixture.PROJECTIONS, SMALL_BATCH)) {
                first.start();
                assertThat(frozen.await(20, TimeUnit.SECONDS)).isTrue();
                long since = System.nanoTime();
                long left = second.status().position();
                second.start();
                ReadModelFixture.awaitReached(name, left + 1);
                System.err.printf(
                        "FAILOVER of a projector frozen in mid-batch: %.1f s; its lease ends after %.1f s%n",
                        (System.nanoTime() - since) / 1e9, ProjectorLease.TTL_MILLIS / 1e3);
                ReadModelFixture.awaitReached(name, store.head());
                thaw.countDown();
                assertThat(second.status().epoch()).isGreaterThanOrEqualTo(2);
            }
            assertEqualsFreshlyBuilt(store, name);
        }
    }

    @Test
    void a_worker_that_dies_in_mid_batch_leaves_nothing_half_done() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 22, "acme", "bolt").append(150);
            for (int death = 2; death <= 4; death++) {
                int at = death;
                AtomicInteger batches = new AtomicInteger();
                CountDownLatch died = new CountDownLatch(1);
                Interference dies = new Interference(events -> {
                    if (batches.incrementAndGet() == at) {
                        died.countDown();
                        throw new AssertionError("killed on purpose in batch " + at);
                    }
                });
                ProjectionRunner doomed = ReadModelFixture.runner(store, name, dies.afterAll(), SMALL_BATCH);
                doomed.start();
                assertThat(died.await(20, TimeUnit.SECONDS)).isTrue();
                doomed.close();
            }
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            assertEqualsFreshlyBuilt(store, name);
        }
    }

    @Test
    void a_rebuild_that_is_cancelled_goes_on_where_it_was() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 23, "acme", "bolt").append(200);
            long cancelledAt = 0;
            for (int i = 1; i <= 3; i++) {
                CountDownLatch someDone = new CountDownLatch(2);
                Interference counts = new Interference(events -> someDone.countDown());
                try (ProjectionRunner runner = ReadModelFixture.runner(store, name, counts.afterAll(), SMALL_BATCH)) {
                    runner.start();
                    assertThat(someDone.await(20, TimeUnit.SECONDS)).isTrue();
                }
                ReadModelStatus status = ReadModelFixture.status(store, name);
                assertThat(status.position()).isGreaterThan(cancelledAt);
                assertThat(status.progressPercent()).isBetween(1, 100);
                cancelledAt = status.position();
            }
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            assertEqualsFreshlyBuilt(store, name);
        }
    }

    @Test
    void what_follows_in_a_quarantined_stream_stays_out_whoever_goes_on() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            SeededBooks books = new SeededBooks(store, 25, "acme").append(200);
            StreamId period = StreamId.of("period", "2026-01");
            long poison = positions(store, period).getFirst();
            Interference chokes = new Interference(events -> {
                if (events.stream().anyMatch(event -> event.position() == poison)) {
                    throw new IllegalStateException("cannot digest position " + poison);
                }
            });
            ReadModelFixture.build(store, name, chokes.afterAll());
            List<Long> first = positions(store, period);
            assertThat(quarantined(name)).hasSizeGreaterThan(1).isEqualTo(first);

            books.append(400);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            assertThat(quarantined(name)).hasSizeGreaterThan(first.size()).isEqualTo(positions(store, period));
        }
    }

    private static List<Long> positions(InMemoryEventStore store, StreamId stream) {
        return store.readLog(0, Integer.MAX_VALUE).stream()
                .filter(event -> event.stream().equals(stream))
                .map(RecordedEvent::position)
                .toList();
    }

    private static List<Long> quarantined(ReadModelName name) {
        return ReadModelFixture.query("select position from " + name.schema() + ".quarantine order by position")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    @Test
    void an_event_that_a_projection_chokes_on_goes_to_quarantine_with_its_stream_and_the_others_pass()
            throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 24, "acme", "bolt").append(100);
            long poison = store.head() / 2;
            Interference chokes = new Interference(events -> {
                if (events.stream().anyMatch(event -> event.position() == poison)) {
                    throw new IllegalStateException("cannot digest position " + poison);
                }
            });
            ReadModelFixture.build(store, name, chokes.afterAll());
            assertThat(ReadModelFixture.query("select min(position) from " + name.schema() + ".quarantine"))
                    .containsExactly(String.valueOf(poison));
            assertThat(ReadModelFixture.query("select count(distinct stream) from " + name.schema() + ".quarantine"))
                    .containsExactly("1");
            assertThat(ReadModelFixture.query("select reason from " + name.schema() + ".quarantine order by position"))
                    .first()
                    .asString()
                    .contains("cannot digest");
        }
    }

    private static void assertEqualsFreshlyBuilt(InMemoryEventStore store, ReadModelName name)
            throws InterruptedException {
        ReadModelName fresh = ReadModelFixture.newReadModel();
        ReadModelFixture.build(store, fresh, ReadModelFixture.PROJECTIONS);
        ReadModelFixture.assertEqualRows(name, fresh);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
