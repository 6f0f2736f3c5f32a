package dev.vextrus.finance.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/** How far the read model is, for those who must read what they wrote. */
public final class ReadModelPosition {
    /** How often to ask the database where another process writes the read model. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DataSource reader;
    private final String query;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long position;
    private volatile boolean writtenHere;
    private final AtomicInteger waiting = new AtomicInteger();

    /** What waiting came to. */
    public sealed interface Freshness {
        /** The read model holds every event up to {@code position}, which is at least what was asked for. */
        record Reached(long position) implements Freshness {}

        /** In the time given it came only to {@code position}. */
        record Behind(long position) implements Freshness {}
    }

    public ReadModelPosition(DataSource reader, ReadModelName name) {
        this.reader = reader;
        this.query = name.qualify("select position from read_model.projector");
    }

    /** Waits until the read model holds every event up to {@code wanted}, at most {@code timeout}. */
    public Freshness awaitAtLeast(long wanted, Duration timeout) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            long deadlineNanos = System.nanoTime() + timeout.toNanos();
            while (position < wanted) {
                long leftNanos = deadlineNanos - System.nanoTime();
                if (leftNanos <= 0) {
                    return new Freshness.Behind(position);
                }
                awaitMove(wanted, Math.min(leftNanos, POLL_NANOS));
                if (!writtenHere && position < wanted) {
                    advanceTo(ask());
                }
            }
            return new Freshness.Reached(position);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Whether anybody of this process waits for the read model. */
    boolean awaited() {
        return waiting.get() > 0;
    }

    /** Told by the worker after each commit. */
    void advanceTo(long reached) {
        lock.lock();
        try {
            if (reached > position) {
                position = reached;
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Told by the worker: whether it is this process that writes, so that nobody need ask the database. */
    void writtenHere(boolean here) {
        writtenHere = here;
    }

    private void awaitMove(long wanted, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (position < wanted && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private long ask() {
        try (Connection connection = reader.getConnection();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("read model's position", e);
        }
    }
}
