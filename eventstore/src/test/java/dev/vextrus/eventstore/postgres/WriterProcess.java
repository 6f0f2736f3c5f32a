package dev.vextrus.eventstore.postgres;

import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.PERIOD;
import static dev.vextrus.eventstore.contract.Samples.fresh;

import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.EventStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that appends one command and stops for good in its commit, to be killed there. */
final class WriterProcess {
    static final String STANDS_STILL = "stands still";

    private WriterProcess() {}

    /** Writes {@link #STANDS_STILL} once it does. */
    static Process start(Map<String, String> environment, LossyCommits.Loss where) throws IOException {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                where.name());
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    public static void main(String[] arguments) {
        var sound = new PostgresEventStore.Sources(as(Role.APPENDER), as(Role.PROJECTOR), as(Role.READER));
        var where = LossyCommits.Loss.valueOf(arguments[0]);
        try (var halting = new LossyCommits(sound, where, _ -> standStill());
                EventStore other = new PostgresEventStore(sound, "1.0.0", InstantSource.system())) {
            if (where == LossyCommits.Loss.BEFORE_COMMIT || where == LossyCommits.Loss.AFTER_COMMIT) {
                // Commits in a transaction that took the lock first, since another process wrote in between.
                halting.store().append(fresh(GLOBEX, INVOICE, 1)).join();
                other.append(fresh(GLOBEX, PERIOD, 1)).join();
            }
            halting.store().append(KilledWriterIT.command()).join();
        }
    }

    private static SQLException standStill() {
        System.out.println(STANDS_STILL);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return new SQLException("told to go on", "08006");
    }

    private static DataSource as(Role role) {
        var source = new PGSimpleDataSource();
        source.setUrl(setting("VEXTRUS_DATABASE_URL"));
        source.setUser(setting("VEXTRUS_DATABASE_" + role + "_USER"));
        try {
            source.setPassword(Files.readString(Path.of(setting("VEXTRUS_DATABASE_" + role + "_PASSWORD_FILE")))
                    .strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return source;
    }

    private static String setting(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
