package dev.vextrus.finance.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests under way, and whether the process is taking its leave. */
public final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean draining;
    private volatile long lastSeenNanos = System.nanoTime();

    public int count() {
        return count.get();
    }

    public boolean isDraining() {
        return draining;
    }

    /** From now on every answer closes its connection, so that keep-alive clients and proxies move on. */
    public void drain() {
        if (!draining) {
            lastSeenNanos = System.nanoTime();
            draining = true;
        }
    }

    /** Whether nothing is under way, and nothing has come for so long. */
    boolean isQuietFor(Duration time) {
        return count.get() == 0 && System.nanoTime() - lastSeenNanos >= time.toNanos();
    }

    void enter() {
        count.incrementAndGet();
        lastSeenNanos = System.nanoTime();
    }

    void leave() {
        count.decrementAndGet();
    }
}
