package dev.vextrus.finance.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.settings.Secret;
import dev.vextrus.finance.settings.Settings.Credentials;
import dev.vextrus.finance.settings.Settings.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server that nobody has prepared: neither roles nor a database are there. */
class MigrationIT {
    private static final ReadModelName READ_MODEL = ReadModelName.of("v1");
    private static final int REPLICAS = 4;

    @TempDir
    private Path folder;

    private EmbeddedPostgres server;

    @BeforeEach
    void start() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = EmbeddedPostgres.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void replicas_that_migrate_at_once_make_the_roles_the_database_and_the_schema_once() throws Exception {
        Database database = database(administrator(), "first-password");

        try (ExecutorService replicas = Executors.newFixedThreadPool(REPLICAS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < REPLICAS; i++) {
                running.add(replicas.submit(() -> Migration.migrate(database, READ_MODEL)));
            }
            for (Future<?> replica : running) {
                replica.get();
            }
        }

        // Without the administrator and the owner, as the service itself starts.
        Database service =
                new Database(database.url(), null, null, database.appender(), database.projector(), database.reader());
        Migration.prepare(service, READ_MODEL);
        assertThat(schemas(database)).contains("eventlog", "read_v1");
    }

    @Test
    void a_changed_password_is_set_when_it_migrates_again() throws Exception {
        Migration.migrate(database(administrator(), "first-password"), READ_MODEL);
        Database changed = database(administrator(), "second-password");

        Migration.migrate(changed, READ_MODEL);

        assertThat(schemas(changed)).contains("eventlog");
    }

    @Test
    void without_an_administrator_it_says_what_is_missing() {
        assertThatThrownBy(() -> Migration.migrate(database(null, "first-password"), READ_MODEL))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("VEXTRUS_DATABASE");
    }

    @Test
    void a_role_that_may_not_make_databases_is_named() {
        Migration.migrate(database(administrator(), "first-password"), READ_MODEL);
        Credentials plain = new Credentials("vextrus_owner", new Secret("first-password"));
        Database other = new Database(
                server.jdbcUrl("another"), plain, plain, role("appender"), role("projector"), role("reader"));

        assertThatThrownBy(() -> Migration.migrate(other, READ_MODEL))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("VEXTRUS_DATABASE_ADMIN_USER");
    }

    private static Credentials role(String name) {
        return new Credentials("vextrus_" + name, new Secret("first-password"));
    }

    private Credentials administrator() {
        return new Credentials(
                server.superuser().user(), new Secret(server.superuser().password()));
    }

    private Database database(@Nullable Credentials administrator, String password) {
        Secret secret = new Secret(password);
        return new Database(
                server.jdbcUrl("fresh"),
                administrator,
                new Credentials("vextrus_owner", secret),
                new Credentials("vextrus_appender", secret),
                new Credentials("vextrus_projector", secret),
                new Credentials("vextrus_reader", secret));
    }

    private static List<String> schemas(Database database) throws SQLException {
        try (Connection connection = Pools.unpooled(database, database.reader()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select nspname from pg_namespace")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
