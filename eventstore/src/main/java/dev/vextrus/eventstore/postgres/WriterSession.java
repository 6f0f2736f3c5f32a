package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.LogHeads;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One connection of a writer with its statements. For one thread at a time. */
final class WriterSession {
    /** A stopped process must not hold the log's lock for long, so its session ends before others give up waiting. */
    private static final String SETTINGS = """
            SET lock_timeout = '10s';
            SET statement_timeout = '10s';
            SET idle_in_transaction_session_timeout = '5s';
            SET transaction_timeout = '15s';
            SET enable_seqscan = off;
            SET plan_cache_mode = force_generic_plan
            """;

    private final Connection connection;
    private final Backend backend;
    private final PreparedStatement heads;
    private final PreparedStatement ends;
    private final PreparedStatement write;
    private final PreparedStatement writeAfter;

    /** The server's process that serves a connection; process numbers are used again, together with a start they are not. */
    record Backend(int pid, String startedAt) {}

    private WriterSession(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement settings = connection.createStatement()) {
            settings.execute(SETTINGS);
            this.backend = backendOf(settings);
        }
        this.heads = HeadsQuery.prepare(connection);
        this.ends = EndsQuery.prepare(connection);
        this.write = PlanWriter.prepare(connection);
        this.writeAfter = PlanWriter.prepareAfter(connection);
    }

    static WriterSession open(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            return new WriterSession(connection);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private static Backend backendOf(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
            row.next();
            return new Backend(row.getInt(1), row.getString(2));
        }
    }

    Backend backend() {
        return backend;
    }

    /** Begins a transaction, takes the log's lock and reads what the batch continues. */
    LogHeads lockedHeads(List<AppendRequest> batch, @Nullable KnownVersions trusted) throws SQLException {
        connection.setAutoCommit(false);
        return HeadsQuery.read(heads, batch, trusted);
    }

    /** Within the transaction that {@link #lockedHeads} began. */
    void write(AppendPlan plan, String release, Instant now) throws SQLException {
        PlanWriter.write(write, plan, release, now);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Ends the transaction, if one is open. */
    void rollback() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    EndsQuery.Tip tip() throws SQLException {
        connection.setAutoCommit(true);
        return EndsQuery.tip(connection);
    }

    LogHeads ends(EndsQuery.Asked asked) throws SQLException {
        connection.setAutoCommit(true);
        return EndsQuery.read(ends, asked);
    }

    /** A transaction of its own, so that the lock is held for as long as the server needs, and for no round trip. */
    PlanWriter.After writeAfter(Foresight.Foreseen foreseen, String release, Instant now) throws SQLException {
        connection.setAutoCommit(true);
        return PlanWriter.writeAfter(writeAfter, foreseen, release, now);
    }

    /**
     * Whether a plan that was sent by a lost session is in the log. Ends what is left of that session first, and looks
     * under the log's lock, so the answer is final.
     */
    boolean findsCommitted(AppendPlan plan, Backend lost) throws SQLException {
        connection.setAutoCommit(true);
        try (PreparedStatement end = connection.prepareStatement("SELECT pg_terminate_backend(pid, 5000)"
                + " FROM pg_stat_activity WHERE pid = ? AND backend_start = ?::timestamptz")) {
            end.setInt(1, lost.pid);
            end.setString(2, lost.startedAt);
            end.execute();
        }
        connection.setAutoCommit(false);
        try (Statement lock = connection.createStatement()) {
            lock.execute("SELECT pg_advisory_xact_lock(7311142570156650343)");
        }
        boolean found = PlanWriter.isWritten(connection, plan);
        connection.rollback();
        return found;
    }

    /** Gives the connection back as it was found: it may come from a pool. */
    void reset() throws SQLException {
        connection.setAutoCommit(true);
        try (Statement settings = connection.createStatement()) {
            settings.execute("RESET ALL");
        }
    }

    void close() throws SQLException {
        connection.close();
    }
}
