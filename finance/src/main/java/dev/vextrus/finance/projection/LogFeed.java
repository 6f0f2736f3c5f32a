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
import java.util.function.IntSupplier;

/**
 * A subscription that is read by pulling: what has come in since the last look makes one batch. The first event after a
 * pause is handed over at once, what follows is gathered: each batch has the price of its transaction, whether it holds one
 * event or fifty.
 */
final class LogFeed implements AutoCloseable {
    /** Somebody who begins to wait need not wait longer than that. */
    private static final int STEP_MILLIS = 10;

    private final BlockingQueue<List<RecordedEvent>> waiting = new ArrayBlockingQueue<>(16);
    private final EventStore.Subscription subscription;
    private final IntSupplier gatherMillis;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param gatherMillis for how long events are gathered now, asked again and again meanwhile */
    LogFeed(EventStore store, String name, long afterPosition, IntSupplier gatherMillis) {
        this.gatherMillis = gatherMillis;
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
            for (int waited = 0; waited < gatherMillis.getAsInt(); waited += STEP_MILLIS) {
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
