package dev.vextrus.rolloutlocal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waiting with a bound, for what is outside this process and cannot notify. */
final class Waiting {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Waiting() {}

    /** @return whether the condition came true in time */
    static boolean until(BooleanSupplier condition, Duration atMost, LongSupplier nanos) {
        long end = nanos.getAsLong() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (nanos.getAsLong() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
