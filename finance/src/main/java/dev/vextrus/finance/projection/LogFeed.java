package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A subscription that is read by pulling: what has come in since the last look makes one batch. While nobody reads the read
 * model, batches are gathered for longer: a release that waits for its traffic, or has lost it, should cost those little
 * who have it.
 */
final class LogFeed implements AutoCloseable {
    private static final int GATHER_MILLIS = 250;
    /** Somebody who begins to read need not wait longer than that. */
    private static final int STEP_MILLIS = 25;

    private final BlockingQueue<List<RecordedEvent>> waiting = new ArrayBlockingQueue<>(16);
    private final EventStore.Subscription subscription;
    private final BooleanSupplier read;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param read whether anybody reads what is made of the events */
    LogFeed(EventStore store, String name, long afterPosition, BooleanSupplier read) {
        this.read = read;
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
        closing.countDown();
        subscription.close();
    }

    /** Makes the log wait while the reader is busy, or not waited for. */
    private void accept(List<RecordedEvent> events) {
        try {
            boolean taken = false;
            while (!taken && closing.getCount() > 0) {
                taken = waiting.offer(events, 100, TimeUnit.MILLISECONDS);
            }
            for (int waited = 0; waited < GATHER_MILLIS && !read.getAsBoolean(); waited += STEP_MILLIS) {
                if (closing.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while handing events over", e);
        }
    }
}
