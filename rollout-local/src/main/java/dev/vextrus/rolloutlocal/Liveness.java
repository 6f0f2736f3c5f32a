package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.plan.RunSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks an instance that was ready whether it is alive, for a process that runs and serves nobody: every ten seconds, and three
 * failures in a row end it, as with a kubelet where nothing else is said. An answer may take five seconds.
 */
final class Liveness {
    static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** In a row; a busy machine may lose one answer, or two. */
    static final int FAILURES = 3;

    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final HttpCalls calls;
    private final AtomicBoolean asking = new AtomicBoolean();
    private boolean begun;
    private boolean hasServed;
    private int failures;
    private int generation;
    private long askedNanos;

    Liveness(HttpCalls calls) {
        this.calls = calls;
    }

    /** The process is another one, or gone: what was heard before is void, and it has time to start. */
    synchronized void reset() {
        generation++;
        failures = 0;
        begun = false;
        hasServed = false;
    }

    /** It was ready under another controller, and may have hung since. */
    synchronized void begin() {
        hasServed = true;
    }

    synchronized boolean lost() {
        return failures >= FAILURES;
    }

    /** Asks, if the release offers it and it is time to. */
    synchronized void ask(InstanceRecord record, boolean ready, long nowNanos) {
        RunSpec.Program program = record.program();
        String path = program.livePath();
        if (path == null || failures >= FAILURES) {
            return;
        }
        if (!begun) {
            begun = ready || hasServed;
            askedNanos = nowNanos;
            return;
        }
        if (nowNanos - askedNanos < EVERY_NANOS || !asking.compareAndSet(false, true)) {
            return;
        }
        askedNanos = nowNanos;
        int about = generation;
        int port = record.healthPort();
        Thread.ofVirtual().start(() -> {
            try {
                heard(about, calls.get(port, path, AT_MOST).status() == 200);
            } catch (IOException silence) {
                heard(about, false);
            } finally {
                asking.set(false);
            }
        });
    }

    private synchronized void heard(int about, boolean yes) {
        if (about == generation) {
            failures = yes ? 0 : failures + 1;
        }
    }
}
