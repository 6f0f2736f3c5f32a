package dev.vextrus.finance.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.memory.InMemoryEventStore;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** X4: a read model that is rebuilt is the one that was followed live, row for row. */
class RebuildIT {
    private static final long SEED = 20260101;

    @Test
    void rebuilt_equals_followed_live_row_for_row() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName live = ReadModelFixture.newReadModel();
            ReadModelName rebuilt = ReadModelFixture.newReadModel();
            SeededBooks books;
            try (ProjectionRunner runner = ReadModelFixture.runner(store, live, ReadModelFixture.PROJECTIONS)) {
                runner.start();
                books = new SeededBooks(store, SEED, "acme", "bolt", "corp");
                for (int i = 0; i < 40; i++) {
                    books.append(25);
                    ReadModelFixture.awaitReached(live, store.head() - 100);
                }
                ReadModelFixture.awaitReached(live, store.head());
            }
            ReadModelFixture.build(store, rebuilt, ReadModelFixture.PROJECTIONS);
            ReadModelFixture.assertEqualRows(rebuilt, live);
            assertThat(ReadModelFixture.rows(live, "invoice_read_model")).hasSizeGreaterThan(100);
            assertThat(ReadModelFixture.rows(live, "payment_allocation")).hasSizeGreaterThan(50);
        }
    }
}
