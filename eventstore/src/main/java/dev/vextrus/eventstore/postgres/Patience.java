package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.StoreUnavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long a batch waits for a database that is away, with pauses that grow. For one thread. */
final class Patience {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Duration atMost;
    private long deadlineNanos;
    private long pauseMillis;

    Patience(Duration atMost) {
        this.atMost = atMost;
    }

    void begin() {
        deadlineNanos = System.nanoTime() + atMost.toNanos();
        pauseMillis = FIRST_PAUSE_MILLIS;
    }

    /** @throws StoreUnavailable when it has come to its end */
    void pauseOrThrow(SQLException cause) {
        if (System.nanoTime() > deadlineNanos) {
            throw new StoreUnavailable("the database is away for longer than " + atMost + "; try again later", cause);
        }
        LockSupport.parkNanos(Duration.ofMillis(pauseMillis).toNanos());
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
}
