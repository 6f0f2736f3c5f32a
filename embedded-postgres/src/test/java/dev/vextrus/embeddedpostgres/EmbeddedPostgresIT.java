package dev.vextrus.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresIT {

    @TempDir
    private Path folder;

    @Test
    void a_new_server_is_durable_and_asks_for_a_password() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"}) {
                assertThat(ask(server, "SHOW " + setting)).as(setting).isEqualTo("on");
            }
            assertThat(ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            Path password = server.superuser().passwordFile();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void what_was_committed_is_there_after_a_stop_and_a_start() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
            tell(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void what_was_committed_is_there_after_the_server_is_killed() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
            int port = server.port();
            tell(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            kill(server);
            server.restart();
            assertThat(server.port()).isEqualTo(port);
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void a_second_handle_attaches_and_leaves_the_server_running() throws Exception {
        try (EmbeddedPostgres owner = EmbeddedPostgres.start(folder)) {
            try (EmbeddedPostgres guest = EmbeddedPostgres.start(folder)) {
                assertThat(guest.port()).isEqualTo(owner.port());
                assertThat(guest.isOwner()).isFalse();
            }
            assertThat(ask(owner, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void the_server_of_an_owner_killed_outright_is_adopted() throws Exception {
        Process first = OwnerProcess.start(folder);
        long pid = OwnerProcess.pidOfItsServer(first);
        first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        EmbeddedPostgres next = EmbeddedPostgres.start(folder);
        try (next) {
            assertThat(next.pid()).contains(pid);
            assertThat(next.isOwner()).isTrue();
        }
        assertThat(next.isAlive()).isFalse();
    }

    @Test
    void a_cluster_half_made_is_made_again() throws Exception {
        Path half = Files.createDirectories(folder.resolve("postgres.making").resolve("data"));
        Files.writeString(half.resolve("PG_VERSION"), "18");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_folder_name_may_hold_spaces() throws Exception {
        Path spaced = Files.createDirectory(folder.resolve("my books"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(spaced)) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_folder_that_the_servers_user_cannot_enter_is_refused_with_the_remedy() throws IOException {
        Assumptions.assumeTrue(Account.weAreRoot(), "only root runs the server as another user");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(closed.resolve("data")))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("chmod o+x");
    }

    @Test
    void no_role_of_the_service_is_more_than_it_should_be() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
            Roles roles = Roles.provision(server);
            tell(server, "ALTER ROLE vextrus_reader BYPASSRLS");
            Roles.provision(server);

            assertThat(ask(
                            server,
                            "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'vextrus%' AND NOT rolsuper"
                                    + " AND NOT rolbypassrls AND NOT rolcreaterole AND NOT rolcreatedb"))
                    .isEqualTo("4");
            for (Role role : Role.values()) {
                try (Connection connection = roles.dataSource(role).getConnection()) {
                    assertThat(connection.getMetaData().getUserName()).isEqualTo(role.user());
                }
            }
            Map<String, String> environment = roles.environment();
            assertThat(environment).containsKeys("VEXTRUS_DATABASE_URL", "VEXTRUS_DATABASE_READER_PASSWORD_FILE");
            assertThat(Files.readString(Path.of(environment.get("VEXTRUS_DATABASE_READER_PASSWORD_FILE"))))
                    .isEqualTo(roles.credentials(Role.READER).password());
        }
    }

    private static void kill(EmbeddedPostgres server) throws Exception {
        ProcessHandle process = ProcessHandle.of(server.pid().orElseThrow()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
    }

    private static String ask(EmbeddedPostgres server, String query) throws SQLException {
        try (Connection connection =
                        server.dataSource("postgres", server.superuser()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static void tell(EmbeddedPostgres server, String command) throws SQLException {
        try (Connection connection =
                        server.dataSource("postgres", server.superuser()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
