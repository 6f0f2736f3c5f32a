package dev.vextrus.finance.service;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a deadline. */
final class Await {
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    static void until(String what, Duration patience, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw new AssertionError("did not happen within " + patience + ": " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
