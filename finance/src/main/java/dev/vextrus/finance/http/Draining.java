package dev.vextrus.finance.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.SmartLifecycle;

/**
 * The first thing to stop: readiness goes off and every answer closes its connection, and only when no request has come
 * for a moment, or the limit is over, may the server close its door. Otherwise requests on their way would meet a closed
 * connection.
 */
public final class Draining implements SmartLifecycle {
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final InFlight inFlight;
    private final Duration limit;
    private volatile boolean running;

    /** @param limit how long to wait at most while requests keep coming */
    public Draining(InFlight inFlight, Duration limit) {
        this.inFlight = inFlight;
        this.limit = limit;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        inFlight.drain();
        long begin = System.nanoTime();
        while (!inFlight.isQuietFor(QUIET) && System.nanoTime() - begin < limit.toNanos()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Beyond the web server's own phase, which stops next. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
