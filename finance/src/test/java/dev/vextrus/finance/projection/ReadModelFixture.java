package dev.vextrus.finance.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.account.read.AccountProjection;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.JsonEventCodec;
import dev.vextrus.finance.invoice.read.InvoiceProjection;
import dev.vextrus.finance.journal.read.JournalProjection;
import dev.vextrus.finance.payment.read.PaymentProjection;
import dev.vextrus.finance.period.read.PeriodProjection;
import dev.vextrus.finance.report.BalanceProjection;
import dev.vextrus.finance.tenant.read.TenantProjection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** One embedded server for all tests of a run; each test makes read-model versions of its own in it. */
public final class ReadModelFixture {
    public static final List<Projection> PROJECTIONS = List.of(
            new TenantProjection(),
            new AccountProjection(),
            new PeriodProjection(),
            new JournalProjection(),
            new BalanceProjection(),
            new InvoiceProjection(),
            new PaymentProjection());
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicInteger VERSIONS = new AtomicInteger();
    private static final Map<Role, HikariDataSource> POOLS = new ConcurrentHashMap<>();
    private static final Roles ROLES = startServer();

    private ReadModelFixture() {}

    private static Roles startServer() {
        try {
            Path folder = Files.createTempDirectory("vextrus-read-model");
            EmbeddedPostgres server = EmbeddedPostgres.start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return Roles.provision(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pooled: logging in costs more than most statements. */
    public static DataSource as(Role role) {
        return POOLS.computeIfAbsent(role, ReadModelFixture::pool);
    }

    private static HikariDataSource pool(Role role) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(ROLES.dataSource(role));
        pool.setMaximumPoolSize(6);
        return pool;
    }

    /** A version that no other test uses, with its schema. */
    public static ReadModelName newReadModel() {
        ReadModelName name = ReadModelName.of("v" + VERSIONS.incrementAndGet());
        ReadModelSchema.create(as(Role.OWNER), name, Role.PROJECTOR.user(), Role.READER.user());
        return name;
    }

    public static EventDecoder decoder() {
        EventCodec codec = new JsonEventCodec();
        return event -> codec.decode(event.type(), event.schemaVersion(), event.payload());
    }

    public static ProjectionRunner runner(EventStore store, ReadModelName name, List<Projection> projections) {
        return runner(store, name, projections, 5_000);
    }

    /** @param batch at most so many events in one transaction */
    static ProjectionRunner runner(EventStore store, ReadModelName name, List<Projection> projections, int batch) {
        return new ProjectionRunner(
                store,
                decoder(),
                projections,
                as(Role.PROJECTOR),
                name,
                new ReadModelPosition(as(Role.READER), name),
                "test",
                () -> true,
                batch);
    }

    /** How far a version is, asked by a worker that does not start. */
    static ReadModelStatus status(EventStore store, ReadModelName name) {
        try (ProjectionRunner idle = runner(store, name, List.of())) {
            return idle.status();
        }
    }

    /** Follows the log up to its present head, and stops. */
    public static void build(EventStore store, ReadModelName name, List<Projection> projections)
            throws InterruptedException {
        try (ProjectionRunner runner = runner(store, name, projections)) {
            runner.start();
            awaitReached(name, store.head());
        }
    }

    public static void awaitReached(ReadModelName name, long position) throws InterruptedException {
        ReadModelPosition waiting = new ReadModelPosition(as(Role.READER), name);
        if (waiting.awaitAtLeast(position, PATIENCE) instanceof ReadModelPosition.Freshness.Behind behind) {
            throw new AssertionError("read model " + name + " is at " + behind.position() + ", not at " + position);
        }
    }

    /** What a read model is made of, but for who wrote it and when it was cut. */
    public static final List<String> TABLES = List.of(
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
            "parity_tenant",
            "quarantine");

    /** Asserts that two versions hold the same rows. */
    public static void assertEqualRows(ReadModelName actual, ReadModelName expected) {
        for (String table : TABLES) {
            // The position beside a digest is that of its batch, and batches may differ.
            String row = table.equals("parity_tenant") ? "t.tenant || t.digest::text" : "t::text";
            assertThat(rows(actual, table, row))
                    .as("%s of %s and %s", table, actual, expected)
                    .isEqualTo(rows(expected, table, row));
        }
    }

    /** All rows of a table of a version, as text, sorted. */
    public static List<String> rows(ReadModelName name, String table) {
        return rows(name, table, "t::text");
    }

    private static List<String> rows(ReadModelName name, String table, String row) {
        return query("select " + row + " from " + name.schema() + "." + table + " t order by 1");
    }

    /** The first column, asked for as projector. */
    public static List<String> query(String sql) {
        try (Connection connection = as(Role.PROJECTOR).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
