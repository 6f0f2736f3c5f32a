package dev.vextrus.eventstore.postgres;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.kernel.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each role can do what it is for and nothing else. */
final class RightsIT extends OnDatabase {

    @BeforeEach
    void writeForTwoTenants() {
        try (var store = database.store("1.0.0")) {
            store.append(fresh(ACME, INVOICE, 2)).join();
            store.append(fresh(GLOBEX, INVOICE, 3)).join();
        }
    }

    @Test
    void nobody_of_the_service_changes_or_deletes_events() {
        for (Role role : List.of(Role.APPENDER, Role.PROJECTOR, Role.READER)) {
            for (String command : List.of(
                    "UPDATE eventlog.events SET actor = 'mallory'",
                    "DELETE FROM eventlog.events",
                    "TRUNCATE eventlog.events",
                    "INSERT INTO eventlog.chains VALUES ('acme', 1, '')",
                    "UPDATE eventlog.series SET last = 0",
                    "DELETE FROM eventlog.commands")) {
                assertThatThrownBy(() -> run(role, command))
                        .as("%s: %s", role, command)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
        assertThatThrownBy(() -> run(Role.OWNER, "DELETE FROM eventlog.events")).hasMessageContaining("append-only");
    }

    @Test
    void only_the_appender_may_call_the_functions_that_append() throws SQLException {
        for (Role role : List.of(Role.PROJECTOR, Role.READER)) {
            assertThat(database.ask("SELECT string_agg(has_function_privilege('" + role.user()
                            + "', oid, 'EXECUTE')::text, ',') FROM pg_proc WHERE proname LIKE 'append%'"
                            + " AND prokind = 'f' AND prorettype <> 'trigger'::regtype"
                            + " AND pronamespace = 'eventlog'::regnamespace"))
                    .as(role.user())
                    .isEqualTo("false,false");
        }
    }

    @Test
    void row_level_security_is_on_and_forced_on_every_table_of_the_log() throws SQLException {
        assertThat(database.ask("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class"
                        + " WHERE relnamespace = 'eventlog'::regnamespace AND relkind IN ('r', 'p')"
                        + " AND relrowsecurity AND relforcerowsecurity"))
                .isEqualTo("chains commands events series snapshots");
    }

    @Test
    void a_reader_who_names_no_tenant_sees_nothing() throws SQLException {
        for (String table : List.of("events", "commands", "snapshots")) {
            assertThat(count(Role.READER, "SELECT count(*) FROM eventlog." + table))
                    .isZero();
        }
        assertThat(count(Role.PROJECTOR, "SELECT count(*) FROM eventlog.events"))
                .isEqualTo(5);
    }

    @Test
    void one_pooled_connection_shows_alternating_tenants_their_own_rows_only() {
        try (HikariDataSource one = database.pool(Role.READER, 1);
                var store = new PostgresEventStore(
                        new PostgresEventStore.Sources(database.as(Role.APPENDER), database.as(Role.PROJECTOR), one),
                        "1.0.0",
                        InstantSource.system())) {
            for (int i = 0; i < 20; i++) {
                TenantId tenant = i % 2 == 0 ? ACME : GLOBEX;
                assertThat(store.readLog(tenant, 0, 100))
                        .hasSize(i % 2 == 0 ? 2 : 3)
                        .extracting(RecordedEvent::tenant)
                        .containsOnly(tenant);
                try (Connection connection = one.getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT count(*) FROM eventlog.events")) {
                    row.next();
                    assertThat(row.getInt(1)).as("left behind by %s", tenant).isZero();
                }
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void plain_roles_on_a_durable_server_are_accepted() {
        assertThatCode(() -> {
                    DatabaseCheck.refuseUnlessDurable(database.as(Role.APPENDER));
                    DatabaseCheck.refuseUnlessPlain(database.as(Role.APPENDER), "appender");
                    DatabaseCheck.refuseUnlessPlain(database.as(Role.PROJECTOR), "projector");
                    DatabaseCheck.refuseUnlessPlain(database.as(Role.READER), "reader");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void the_owner_and_the_superuser_are_refused_as_roles_of_the_service() {
        assertThatThrownBy(() -> DatabaseCheck.refuseUnlessPlain(database.as(Role.OWNER), "reader"))
                .hasMessageContaining("owns the log")
                .hasMessageContaining("vextrus_reader");
        var superuser =
                database.server().dataSource(Roles.DATABASE, database.server().superuser());
        assertThatThrownBy(() -> DatabaseCheck.refuseUnlessPlain(superuser, "appender"))
                .hasMessageContaining("is a superuser");
    }

    @Test
    void a_server_that_might_lose_an_answered_commit_is_refused() throws SQLException {
        database.tamper("ALTER ROLE vextrus_appender SET synchronous_commit = off");
        try {
            assertThatThrownBy(() -> DatabaseCheck.refuseUnlessDurable(database.as(Role.APPENDER)))
                    .hasMessageContaining("set synchronous_commit = on");
        } finally {
            database.tamper("ALTER ROLE vextrus_appender RESET synchronous_commit");
        }
    }

    private void run(Role role, String command) throws SQLException {
        try (Connection connection = database.as(role).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private long count(Role role, String query) throws SQLException {
        try (Connection connection = database.as(role).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
