package dev.vextrus.finance.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.contract.Samples;
import dev.vextrus.eventstore.postgres.EventLogSchema;
import dev.vextrus.eventstore.postgres.PostgresEventStore;
import dev.vextrus.finance.settings.Secret;
import dev.vextrus.finance.settings.Settings.Credentials;
import dev.vextrus.finance.settings.Settings.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that nobody closed, and on which nobody answers any more. Whoever was given one of them may fail, once it
 * has been silent for long enough; those who ask again get another.
 */
class SilentServerIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void writers_and_readers_leave_a_connection_that_fell_silent_and_go_on_with_another(@TempDir Path folder)
            throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("server"));
                SilentLines lines = new SilentLines(server.port())) {
            Roles roles = Roles.provision(server);
            EventLogSchema.migrate(roles.dataSource(Role.OWNER));
            Database database = database(server, roles, lines.port());
            try (HikariDataSource appender = Pools.appender(database);
                    HikariDataSource reader = Pools.reader(database);
                    var store = new PostgresEventStore(
                            new PostgresEventStore.Sources(appender, roles.dataSource(Role.PROJECTOR), reader),
                            "1.0.0",
                            InstantSource.system())) {
                store.append(Samples.fresh(Samples.ACME, Samples.INVOICE, 2)).join();
                assertThat(store.readStream(Samples.ACME, Samples.INVOICE, 0, 9))
                        .hasSize(2);

                lines.fallSilent();

                AppendResult outcome = answer(() -> store.append(Samples.fresh(Samples.ACME, Samples.PERIOD, 1))
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS));
                // A conflict would be with an append before it, of which only the answer was lost.
                assertThat(outcome).isInstanceOfAny(AppendResult.Appended.class, AppendResult.VersionConflict.class);
                assertThat(answer(() -> store.readStream(Samples.ACME, Samples.PERIOD, 0, 9)))
                        .hasSize(1);
            }
        }
    }

    /** Asks until it is answered, be it for the last time after the limit. */
    private static <T> T answer(Callable<T> question) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return question.call();
            } catch (StoreUnavailable | ExecutionException silent) {
                boolean unavailable =
                        silent instanceof StoreUnavailable || silent.getCause() instanceof StoreUnavailable;
                if (!unavailable || System.nanoTime() - deadline > 0) {
                    throw silent;
                }
            }
        }
    }

    private static Database database(EmbeddedPostgres server, Roles roles, int port) {
        String url = server.jdbcUrl(Roles.DATABASE).replace(":" + server.port() + "/", ":" + port + "/");
        assertThat(url).contains(":" + port + "/");
        return new Database(
                url, null, null, as(roles, Role.APPENDER), as(roles, Role.PROJECTOR), as(roles, Role.READER));
    }

    private static Credentials as(Roles roles, Role role) {
        return new Credentials(role.user(), new Secret(roles.credentials(role).password()));
    }
}
