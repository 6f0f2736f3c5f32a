package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscription that is read by pulling: what has come in since the last look makes one batch. */
final class LogFeed implements AutoCloseable {
    private final BlockingQueue<List<RecordedEvent>> waiting = new ArrayBlockingQueue<>(16);
    private final EventStore.Subscription subscription;
    private volatile boolean closed;

    LogFeed(EventStore store, String name, long afterPosition) {
        subscription = store.subscribe(name, afterPosition, this::accept);
    }

    /** The events that wait, up to about {@code limit}; empty if none came within the time. */
    List<RecordedEvent> poll(int limit, int timeoutMillis) throws InterruptedException {
        List<RecordedEvent> first = waiting.poll(timeoutMillis, TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<RecordedEvent> events = new ArrayList<>(first);
        while (events.size() < limit) {
            List<RecordedEvent> more = waiting.poll();
            if (more == null) {
                break;
            }
            events.addAll(more);
        }
        return events;
    }

    @Override
    public void close() {
        closed = true;
        subscription.close();
    }

    /** Makes the log wait while the reader is busy. */
    private void accept(List<RecordedEvent> events) {
        try {
            boolean taken = false;
            while (!taken && !closed) {
                taken = waiting.offer(events, 100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while handing events over", e);
        }
    }
}
