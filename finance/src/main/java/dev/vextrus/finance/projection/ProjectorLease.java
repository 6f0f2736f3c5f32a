package dev.vextrus.finance.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The right to write a read-model version, held by one worker at a time. Time is the database's, so the holders' clocks
 * do not matter; the epoch, checked in each of the holder's transactions, keeps one that was frozen and overtaken from
 * writing. An advisory lock would not do: it outlives a vanished host for as long as TCP takes to notice.
 */
final class ProjectorLease {
    /** A holder that shows no sign of life for this long is overtaken. */
    static final int TTL_MILLIS = 3_000;

    /**
     * The server ends a transaction whose client has gone silent, so that a frozen holder keeps no row locked. Commits do
     * not wait for the disk: what a crash of the server takes back, it takes back with the checkpoint, and it is read
     * from the log again; the disk's time is the log's. The same few statements come again and again, with few rows or
     * thousands: planned afresh each time, planning costs more than doing; planned once, they must use the indexes, since
     * the tables that were small then grow.
     */
    private static final String TRANSACTION_SETTINGS = """
            select set_config('idle_in_transaction_session_timeout', '2000', true),
                   set_config('synchronous_commit', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true),
                   set_config('enable_seqscan', 'off', true),
                   set_config('enable_hashjoin', 'off', true),
                   set_config('enable_mergejoin', 'off', true)""";

    private final DataSource projector;
    private final ReadModelName name;
    private final String holder;

    /** What the lease gave: the epoch to write under, and where to go on. */
    record Term(long epoch, long position, ReadModelState state) {}

    /** Another worker has taken over. */
    static final class Lost extends RuntimeException {
        Lost(ReadModelName name, long epoch) {
            super("read model " + name + ": epoch " + epoch + " is over, another worker writes it");
        }
    }

    ProjectorLease(DataSource projector, ReadModelName name, String holder) {
        this.projector = projector;
        this.name = name;
        this.holder = holder;
    }

    /** Takes the lease if nobody holds it. */
    Optional<Term> acquire() throws SQLException {
        String sql = """
                update read_model.projector
                set holder = ?, epoch = epoch + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond'
                where lease_until < clock_timestamp()
                returning epoch, position, state""";
        try (Connection connection = projector.getConnection();
                PreparedStatement statement = connection.prepareStatement(name.qualify(sql))) {
            statement.setString(1, holder);
            statement.setInt(2, TTL_MILLIS);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Term(row.getLong(1), row.getLong(2), ReadModelState.of(row.getString(3))))
                        : Optional.empty();
            }
        }
    }

    /** Begins a transaction under the epoch: from here to the commit nobody can take over. */
    void enter(Connection connection, long epoch) throws SQLException {
        connection.setAutoCommit(false);
        String sql = "select 1 from read_model.projector where epoch = ? for update";
        try (PreparedStatement settings = connection.prepareStatement(TRANSACTION_SETTINGS);
                PreparedStatement lock = connection.prepareStatement(name.qualify(sql))) {
            settings.execute();
            lock.setLong(1, epoch);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    throw new Lost(name, epoch);
                }
            }
        }
    }

    /** Moves the checkpoint, and the lease with it, within the transaction. */
    void checkpoint(Connection connection, long epoch, long position, ReadModelState state) throws SQLException {
        String sql = """
                update read_model.projector
                set position = ?, state = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond'
                where epoch = ?""";
        try (PreparedStatement statement = connection.prepareStatement(name.qualify(sql))) {
            statement.setLong(1, position);
            statement.setString(2, state == ReadModelState.LIVE ? "live" : "building");
            statement.setInt(3, TTL_MILLIS);
            statement.setLong(4, epoch);
            if (statement.executeUpdate() == 0) {
                throw new Lost(name, epoch);
            }
        }
    }

    /** Shows that the holder lives while there is nothing to write. */
    void renew(long epoch) throws SQLException {
        setEnd("clock_timestamp() + " + TTL_MILLIS + " * interval '1 millisecond'", epoch);
    }

    /** Lets go, so that another need not wait. */
    void release(long epoch) throws SQLException {
        setEnd("'-infinity'", epoch);
    }

    private void setEnd(String end, long epoch) throws SQLException {
        String sql = "update read_model.projector set lease_until = " + end + " where epoch = ?";
        try (Connection connection = projector.getConnection();
                PreparedStatement statement = connection.prepareStatement(name.qualify(sql))) {
            statement.setLong(1, epoch);
            if (statement.executeUpdate() == 0) {
                throw new Lost(name, epoch);
            }
        }
    }
}
