package dev.vextrus.rolloutlocal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One client that asks again and again until it is closed. */
final class Traffic implements AutoCloseable {
    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread thread;

    Traffic(TestWorkload test) {
        thread = Thread.ofPlatform().daemon().start(() -> {
            while (!stop.get()) {
                try {
                    failed.addAndGet(test.get("/").statusCode() == 200 ? 0 : 1);
                } catch (IOException dropped) {
                    failed.incrementAndGet();
                }
                answered.incrementAndGet();
            }
        });
    }

    @Override
    public void close() {
        end();
    }

    /** Lets the client end its present request. */
    void end() {
        stop.set(true);
        try {
            thread.join(15_000);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
