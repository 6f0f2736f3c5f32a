package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.StoreUnavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** How long a batch waits for a database that is away, with pauses that grow. For one thread. */
final class Patience {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Duration atMost;
    private final LongSupplier nanoTime;
    private long deadlineNanos;
    private long pauseMillis;
    private boolean begunAnew;

    /** @param nanoTime as {@link System#nanoTime()} */
    Patience(Duration atMost, LongSupplier nanoTime) {
        this.atMost = atMost;
        this.nanoTime = nanoTime;
    }

    /** With a batch. */
    void begin() {
        begunAnew = false;
        fill();
    }

    /**
     * Where a connection is found lost: the silence on it may have lasted longer than the patience, and nothing of that
     * was spent on finding another. Once for each batch, since a batch may be what ends its connections.
     */
    void beginAnew() {
        if (!begunAnew) {
            begunAnew = true;
            fill();
        }
    }

    private void fill() {
        deadlineNanos = nanoTime.getAsLong() + atMost.toNanos();
        pauseMillis = FIRST_PAUSE_MILLIS;
    }

    /** @throws StoreUnavailable when it has come to its end */
    void pauseOrThrow(SQLException cause) {
        if (nanoTime.getAsLong() - deadlineNanos > 0) {
            throw new StoreUnavailable("the database is away for longer than " + atMost + "; try again later", cause);
        }
        LockSupport.parkNanos(Duration.ofMillis(pauseMillis).toNanos());
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
}
