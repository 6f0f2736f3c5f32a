package dev.vextrus.finance.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.memory.InMemoryEventStore;
import dev.vextrus.finance.account.read.AccountFilter;
import dev.vextrus.finance.account.read.AccountQueries;
import dev.vextrus.finance.query.PageRequest;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.finance.report.TrialBalance;
import dev.vextrus.finance.report.TrialBalanceQuery;
import dev.vextrus.kernel.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** X8: no row crosses tenants, as the reader role, through a pool of one connection that tenants share in turn. */
class TenantIsolationIT {
    @Test
    void tenants_that_share_one_connection_in_turn_see_their_own_rows_only() throws InterruptedException, SQLException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system());
                HikariDataSource one = new HikariDataSource()) {
            one.setDataSource(ReadModelFixture.as(Role.READER));
            one.setMaximumPoolSize(1);
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 31, "acme").append(60);
            new SeededBooks(store, 32, "bolt").append(120);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            TenantReader reader = new TenantReader(one, name);
            TrialBalance acme = new TrialBalanceQuery(reader).now(TenantId.of("acme"));
            TrialBalance bolt = new TrialBalanceQuery(reader).now(TenantId.of("bolt"));
            assertThat(acme.rows()).isNotEmpty().isNotEqualTo(bolt.rows());
            for (int i = 0; i < 10; i++) {
                assertThat(new TrialBalanceQuery(reader).now(TenantId.of("acme")))
                        .isEqualTo(acme);
                assertSeesNothing(one, name);
                assertThat(new TrialBalanceQuery(reader).now(TenantId.of("bolt")))
                        .isEqualTo(bolt);
                assertThat(new AccountQueries(reader)
                                .page(TenantId.of("nobody"), AccountFilter.ALL, new PageRequest(10, null))
                                .entries())
                        .isEmpty();
            }
        }
    }

    @Test
    void the_rows_of_others_stay_hidden_from_a_query_that_forgets_its_tenant() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 33, "acme", "bolt").append(60);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            TenantReader reader = new TenantReader(ReadModelFixture.as(Role.READER), name);
            for (String table : ReadModelFixture.TABLES) {
                if (table.equals("quarantine")) {
                    continue;
                }
                assertThat(ReadModelFixture.query("select count(distinct tenant) from " + name.schema() + "." + table))
                        .as("tenants in %s", table)
                        .containsExactly("2");
                String forgetful = "select distinct tenant from read_model." + table;
                List<String> seen = reader.read(
                        TenantId.of("acme"),
                        statements -> statements
                                .sql(forgetful)
                                .query((row, number) -> row.getString(1))
                                .list());
                assertThat(seen).as("as seen by acme in %s", table).containsExactly("acme");
            }
        }
    }

    /** An import makes ids from contents, so two tenants who import one file have the same ids. */
    @Test
    void documents_of_two_tenants_with_the_same_ids_stay_apart() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.fixed(Instant.EPOCH))) {
            ReadModelName shared = ReadModelFixture.newReadModel();
            SeededBooks bolt = new SeededBooks(store, 35, "bolt").append(100);
            ReadModelFixture.build(store, shared, ReadModelFixture.PROJECTIONS);
            SeededBooks acme = new SeededBooks(store, 35, "acme").append(150);
            ReadModelFixture.build(store, shared, ReadModelFixture.PROJECTIONS);
            bolt.append(20);
            acme.append(100);
            ReadModelFixture.build(store, shared, ReadModelFixture.PROJECTIONS);

            assertSameRows("bolt", shared, alone("bolt", 120));
            assertSameRows("acme", shared, alone("acme", 250));
        }
    }

    /** The read model of a log that holds nobody else. */
    private static ReadModelName alone(String tenant, int commands) throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.fixed(Instant.EPOCH))) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 35, tenant).append(commands);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            return name;
        }
    }

    private static void assertSameRows(String tenant, ReadModelName shared, ReadModelName alone) {
        for (String table : ReadModelFixture.TABLES) {
            assertThat(rowsWithoutPositions(tenant, shared, table))
                    .as("%s of %s", table, tenant)
                    .isEqualTo(rowsWithoutPositions(tenant, alone, table));
        }
        assertThat(rowsWithoutPositions(tenant, alone, "payment_allocation")).isNotEmpty();
    }

    private static List<String> rowsWithoutPositions(String tenant, ReadModelName name, String table) {
        return ReadModelFixture.query("select (to_jsonb(t) - '{position,drafted_at,received_at}'::text[])::text from "
                + name.schema() + "." + table + " t where tenant = '" + tenant + "' order by 1");
    }

    @Test
    void the_reader_writes_nothing_and_the_owner_sees_nothing() throws InterruptedException, SQLException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 34, "acme").append(20);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            assertThatThrownBy(
                            () -> count(Role.READER, "delete from " + name.schema() + ".account_balance returning 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
            assertThat(count(Role.OWNER, "select count(*) from " + name.schema() + ".account_balance"))
                    .isZero();
        }
    }

    private static void assertSeesNothing(HikariDataSource pool, ReadModelName name) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + name.schema() + ".account_balance")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).isZero();
        }
    }

    private static long count(Role role, String sql) throws SQLException {
        try (Connection connection = ReadModelFixture.as(role).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
