package dev.vextrus.finance.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.memory.InMemoryEventStore;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** X4: a read model that is rebuilt is the one that was followed live, row for row. */
class RebuildIT {
    private static final long SEED = 20260101;
    private static final List<String> TABLES = List.of(
            "tenant_read_model",
            "account_read_model",
            "period_read_model",
            "journal_entry_read_model",
            "journal_line",
            "account_balance",
            "account_balance_day",
            "invoice_read_model",
            "invoice_line",
            "payment_read_model",
            "payment_allocation",
            "parity_fact",
            "quarantine");

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
            for (String table : TABLES) {
                assertThat(ReadModelFixture.rows(rebuilt, table))
                        .as("%s, seed %d", table, SEED)
                        .isEqualTo(ReadModelFixture.rows(live, table));
            }
            assertThat(ReadModelFixture.rows(live, "invoice_read_model")).hasSizeGreaterThan(100);
            assertThat(ReadModelFixture.rows(live, "payment_allocation")).hasSizeGreaterThan(50);
        }
    }
}
