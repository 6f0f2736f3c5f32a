package dev.vextrus.finance.http;

import java.util.concurrent.atomic.AtomicInteger;

/** Requests under way, and whether the process is taking its leave. */
public final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean draining;

    public int count() {
        return count.get();
    }

    public boolean isDraining() {
        return draining;
    }

    /** From now on every answer closes its connection, so that keep-alive clients and proxies move on. */
    public void drain() {
        draining = true;
    }

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        count.decrementAndGet();
    }
}
