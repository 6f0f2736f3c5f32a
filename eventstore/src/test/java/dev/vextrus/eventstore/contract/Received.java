package dev.vextrus.eventstore.contract;

import dev.vextrus.eventstore.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A consumer that keeps what it gets, and can be waited for. */
public final class Received {
    private static final long DEADLINE_SECONDS = 20;
    private final List<RecordedEvent> events = new ArrayList<>();

    public synchronized void accept(List<RecordedEvent> batch) {
        events.addAll(batch);
        notifyAll();
    }

    /** Returns when the event at {@code position} has come. */
    public synchronized void awaitUpTo(long position) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        try {
            while (events.isEmpty() || events.getLast().position() < position) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("position " + position + " has not come; got " + positions());
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    public synchronized List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    public synchronized List<Long> positions() {
        return events.stream().map(RecordedEvent::position).toList();
    }
}
