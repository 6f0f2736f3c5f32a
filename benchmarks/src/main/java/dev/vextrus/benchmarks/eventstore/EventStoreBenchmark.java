package dev.vextrus.benchmarks.eventstore;

import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.eventstore.postgres.DatabaseCheck;
import dev.vextrus.eventstore.postgres.EventLogSchema;
import dev.vextrus.eventstore.postgres.PostgresEventStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Measures one-event commands with version checks, a guard, an idempotency record and a chain link each, against the raw
 * bound: a single connection that writes the same rows into the same tables from arrays made beforehand, in batches of
 * the size that ours had. Slices of both alternate, so that noise of the machine meets both.
 *
 * <p>Why one raw connection: the log has one order, so whoever writes it commits one batch after another.
 */
public final class EventStoreBenchmark {
    private static final int SLICES = 5;
    private static final long WARM_COMMANDS = 150_000;
    private static final long WARM_NANOS = 20_000_000_000L;

    private EventStoreBenchmark() {}

    /**
     * @param clients that each send a command and wait for its outcome before the next
     * @param seconds of measuring, half for ours and half for the raw writer; a warm-up comes before
     * @param folder for the server's files; should lie on the disk that will hold the books
     */
    public record Options(int clients, int seconds, Path folder) {

        public Options {
            if (clients < 1 || clients > 5_000 || seconds < 2) {
                throw new IllegalArgumentException("bench eventstore: 1 to 5000 clients, 2 seconds or more");
            }
        }
    }

    /** In a new folder for temporary files, which is deleted afterwards. */
    public static EventStoreReport run(int clients, int seconds, Consumer<String> progress) {
        try {
            Path folder = Files.createTempDirectory("vextrus-bench-");
            try {
                return run(new Options(clients, seconds, folder), progress);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * @param progress gets a line now and then
     * @throws IllegalStateException if the server is not durable: such figures would be untrue
     */
    public static EventStoreReport run(Options options, Consumer<String> progress) {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(options.folder())) {
            Roles roles = Roles.provision(server);
            DataSource owner = roles.dataSource(Role.OWNER);
            DatabaseCheck.refuseUnlessDurable(owner);
            Map<String, String> durability = DatabaseCheck.durability(owner);
            progress.accept("PostgreSQL: " + durability);
            EventLogSchema.migrate(owner);
            DataSource raw = rawDatabase(server, roles);
            return measure(options, roles, raw, durability, progress);
        } catch (SQLException failed) {
            throw new IllegalStateException("the benchmark's database failed", failed);
        }
    }

    private static EventStoreReport measure(
            Options options, Roles roles, DataSource raw, Map<String, String> durability, Consumer<String> progress)
            throws SQLException {
        var sources = new PostgresEventStore.Sources(
                roles.dataSource(Role.APPENDER), roles.dataSource(Role.PROJECTOR), roles.dataSource(Role.READER));
        try (var store = new PostgresEventStore(sources, "bench", InstantSource.system());
                var rawWriter = new RawWriter(raw)) {
            var ours = new StoreLoad(store, roles.dataSource(Role.PROJECTOR), options.clients());
            long sliceMillis = options.seconds() * 1_000L / (2 * SLICES);
            Slice warm = warmUp(ours);
            rawWriter.run(sliceMillis, warm.batchSize());
            Slice allOurs = Slice.none();
            Slice allRaw = Slice.none();
            for (int i = 1; i <= SLICES; i++) {
                Slice our = ours.run(sliceMillis);
                Slice bound = rawWriter.run(sliceMillis, our.batchSize());
                progress.accept("slice " + i + " of " + SLICES + ": ours " + our.line() + ", raw " + bound.line());
                allOurs = allOurs.plus(our);
                allRaw = allRaw.plus(bound);
            }
            int half = (int) Math.max(1, allOurs.perSecond() / 2);
            Slice open = ours.runOpen(Math.max(1_000, sliceMillis), half);
            progress.accept("arriving at " + half + "/s: " + open.line());
            if (!store.verifyChains().ok()) {
                throw new IllegalStateException("the benchmark's log does not verify");
            }
            return new EventStoreReport(options.clients(), allOurs, open, allRaw, durability);
        }
    }

    /** Until the compiler has seen enough of it; on a busy machine that takes a while. */
    private static Slice warmUp(StoreLoad ours) throws SQLException {
        Slice warm = Slice.none();
        while (warm.commands() < WARM_COMMANDS && warm.nanos() < WARM_NANOS) {
            warm = warm.plus(ours.run(1_000));
        }
        return warm;
    }

    /** A second database with the same schema, so that the two logs do not meet. */
    private static DataSource rawDatabase(EmbeddedPostgres server, Roles roles) throws SQLException {
        try (Connection connection =
                        server.dataSource("postgres", server.superuser()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS raw");
            statement.execute("CREATE DATABASE raw OWNER " + Role.OWNER.user());
        }
        DataSource raw = server.dataSource("raw", roles.credentials(Role.OWNER));
        EventLogSchema.migrate(raw);
        return raw;
    }
}
