package dev.vextrus.finance.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.memory.InMemoryEventStore;
import dev.vextrus.finance.integrity.IntegrityReport.Check;
import dev.vextrus.finance.parity.CorruptBalances;
import dev.vextrus.finance.projection.ReadModelFixture;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.projection.SeededBooks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** X1, X2, X5, X10 over what the read model holds. */
class IntegrityIT {

    @Test
    void whole_books_pass_every_check_while_they_grow() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            SeededBooks books = new SeededBooks(store, 11, "acme", "bolt", "corp");
            IntegrityCheck check = check(store, name);
            for (int i = 0; i < 4; i++) {
                books.append(150);
                ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
                IntegrityReport report = check.run();
                assertThat(failed(report)).isEmpty();
                assertThat(report.position()).isEqualTo(store.head());
            }
            assertThat(check.runWhole().checks())
                    .filteredOn(one -> !one.name().equals("events-applied"))
                    .allSatisfy(one -> assertThat(one.checked()).as(one.name()).isPositive());
        }
    }

    @Test
    void a_projection_that_books_wrongly_is_found() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 12, "acme", "bolt").append(200);
            ReadModelFixture.build(store, name, CorruptBalances.among(ReadModelFixture.PROJECTIONS, 20));
            assertThat(failed(check(store, name).run())).containsExactly("read-models-equal-fold");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update %s.account_balance set debit = debit + 1, credit = credit + 1 where account = '1000'",
                "update %s.account_balance_day set debit = debit + 1 where account = '1000'",
                "delete from %s.account_balance where account = '4000'",
                "insert into %s.account_balance select tenant, 'ghost', currency, base_currency, 0, 0, 0, 0"
                        + " from %1$s.account_balance limit 1",
                "update %s.invoice_read_model set open = open + 1",
                "update %s.invoice_read_model set status = 'PAID' where status = 'APPROVED'",
                "update %s.payment_read_model set unallocated = unallocated - 1",
                "delete from %s.payment_allocation",
            })
    void a_row_that_was_changed_behind_our_back_is_found(String damage) throws InterruptedException, SQLException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 13, "acme").append(150);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            IntegrityCheck check = check(store, name);
            assertThat(failed(check.run())).isEmpty();
            damage(name, damage);
            assertThat(failed(check.run())).containsExactly("read-models-equal-fold");
            assertThat(failed(check.run())).containsExactly("read-models-equal-fold");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from %s.journal_line where position = (select min(position) from %1$s.journal_line)",
                "update %s.journal_line set base_amount = 2 * base_amount",
            })
    void a_journal_that_was_written_wrongly_is_found_by_the_first_look(String damage)
            throws InterruptedException, SQLException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 15, "acme").append(50);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            damage(name, damage);
            assertThat(failed(check(store, name).run())).containsExactly("read-models-equal-fold");
        }
    }

    private static void damage(ReadModelName name, String damage) throws SQLException {
        try (Connection connection = ReadModelFixture.as(Role.PROJECTOR).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(statement.executeUpdate(damage.formatted(name.schema()))).isPositive();
            connection.commit();
        }
    }

    @Test
    void an_event_that_nobody_can_read_is_told_and_stops_nothing_else() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            SeededBooks books = new SeededBooks(store, 14, "acme", "bolt");
            books.append(50);
            books.appendUnreadable("acme");
            books.append(50);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            IntegrityReport report = check(store, name).run();
            assertThat(failed(report)).containsExactly("events-readable", "events-applied");
            assertThat(report.position()).isEqualTo(store.head());
            assertThat(report.checks())
                    .filteredOn(one -> one.name().equals("events-applied"))
                    .flatExtracting(Check::examples)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("acme", "AccountGilded@7");
        }
    }

    private static IntegrityCheck check(InMemoryEventStore store, ReadModelName name) {
        return new IntegrityCheck(store, ReadModelFixture.decoder(), ReadModelFixture.as(Role.PROJECTOR), name);
    }

    private static List<String> failed(IntegrityReport report) {
        return report.checks().stream()
                .filter(check -> !check.ok())
                .map(Check::name)
                .toList();
    }
}
