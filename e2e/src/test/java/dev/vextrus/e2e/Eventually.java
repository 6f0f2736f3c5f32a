package dev.vextrus.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for something to become so, with a bounded deadline. */
final class Eventually {
    private static final long PAUSE_NANOS = 50_000_000;

    private Eventually() {}

    /** What {@code probe} gives once it is not null. */
    static <T> T get(Duration limit, Callable<@Nullable T> probe) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            T found = probe.call();
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so within " + limit);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
