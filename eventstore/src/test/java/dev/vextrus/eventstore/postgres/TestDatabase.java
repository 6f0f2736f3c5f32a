package dev.vextrus.eventstore.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.embeddedpostgres.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A server of its own with the schema of the log, for the tests of one class. */
final class TestDatabase implements AutoCloseable {
    private final Path folder;
    private final EmbeddedPostgres server;
    private final Roles roles;

    private TestDatabase(Path folder) {
        this.folder = folder;
        this.server = EmbeddedPostgres.start(folder);
        this.roles = Roles.provision(server);
        EventLogSchema.migrate(roles.dataSource(Role.OWNER));
    }

    static TestDatabase start() {
        try {
            return new TestDatabase(Files.createTempDirectory("vextrus-eventstore-"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    EmbeddedPostgres server() {
        return server;
    }

    DataSource as(Role role) {
        return roles.dataSource(role);
    }

    /** Where it is and how roles log in, for a process of its own. */
    Map<String, String> environment() {
        return roles.environment();
    }

    /** At most {@code connections}, shared. */
    HikariDataSource pool(Role role, int connections) {
        var config = new HikariConfig();
        config.setDataSource(as(role));
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(60_000);
        return new HikariDataSource(config);
    }

    PostgresEventStore store(String release) {
        return new PostgresEventStore(sources(), release, InstantSource.system());
    }

    PostgresEventStore.Sources sources() {
        return new PostgresEventStore.Sources(as(Role.APPENDER), as(Role.PROJECTOR), as(Role.READER));
    }

    /** As the superuser, past every protection: what a tamperer with the disk could do. */
    void tamper(String... commands) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    String ask(String query) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection superuser() throws SQLException {
        return server.dataSource(Roles.DATABASE, server.superuser()).getConnection();
    }

    void empty() throws SQLException {
        tamper(
                "SET session_replication_role = replica",
                "TRUNCATE eventlog.events, eventlog.commands, eventlog.chains, eventlog.series, eventlog.snapshots");
    }

    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
