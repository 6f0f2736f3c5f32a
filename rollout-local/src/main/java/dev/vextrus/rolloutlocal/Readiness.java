package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.plan.RunSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks an instance whether it is ready, again and again, without anybody waiting for the answer. */
final class Readiness {
    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final long WHILE_STARTING_NANOS = 100_000_000L;
    private static final long WHILE_READY_NANOS = 500_000_000L;
    /** A busy machine may lose one answer; two in a row are no accident. A 503 needs no second. */
    private static final int SILENCES = 2;

    private final HttpCalls calls;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean ready;
    private int silences;
    private int generation;
    private long askedNanos;
    private boolean asked;

    Readiness(HttpCalls calls) {
        this.calls = calls;
    }

    boolean ready() {
        return ready;
    }

    /** The process is another one, or gone: what was heard before is void. */
    synchronized void reset() {
        generation++;
        ready = false;
        silences = 0;
        asked = false;
    }

    /** Asks, if it is time to. */
    synchronized void ask(InstanceRecord record, long nowNanos) {
        long pause = ready ? WHILE_READY_NANOS : WHILE_STARTING_NANOS;
        if ((asked && nowNanos - askedNanos < pause) || !asking.compareAndSet(false, true)) {
            return;
        }
        asked = true;
        askedNanos = nowNanos;
        int about = generation;
        RunSpec.Program program = record.program();
        int port = record.healthPort();
        Thread.ofVirtual().start(() -> {
            try {
                int status = calls.get(port, program.healthPath(), AT_MOST).status();
                heard(about, status == 200, false);
            } catch (IOException silence) {
                heard(about, false, true);
            } finally {
                asking.set(false);
            }
        });
    }

    private synchronized void heard(int about, boolean yes, boolean silence) {
        if (about != generation) {
            return;
        }
        silences = silence ? silences + 1 : 0;
        ready = yes || (ready && silence && silences < SILENCES);
    }
}
