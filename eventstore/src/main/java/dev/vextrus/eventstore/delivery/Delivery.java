package dev.vextrus.eventstore.delivery;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log from a position on and hands it to one consumer, on a thread of its own. It reads again when woken and
 * at least once every poll interval, so a lost wake-up costs time and never an event.
 */
public final class Delivery implements EventStore.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int BATCH = 1_000;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final String name;
    private final LogReader reader;
    private final Consumer<List<RecordedEvent>> consumer;
    private final Duration pollInterval;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private boolean closed;
    private volatile long position;

    /** Reads events after a position, in order. */
    public interface LogReader {
        List<RecordedEvent> read(long afterPosition, int limit);
    }

    private Delivery(
            String name,
            long afterPosition,
            LogReader reader,
            Consumer<List<RecordedEvent>> consumer,
            Duration pollInterval) {
        this.name = name;
        this.position = afterPosition;
        this.reader = reader;
        this.consumer = consumer;
        this.pollInterval = pollInterval;
        this.thread = Thread.ofPlatform().daemon().name("subscription-" + name).unstarted(this::run);
    }

    /** Starts to deliver what comes after {@code afterPosition}. */
    public static Delivery start(
            String name,
            long afterPosition,
            LogReader reader,
            Consumer<List<RecordedEvent>> consumer,
            Duration pollInterval) {
        var delivery = new Delivery(name, afterPosition, reader, consumer, pollInterval);
        delivery.thread.start();
        return delivery;
    }

    @Override
    public long position() {
        return position;
    }

    /** There may be something new. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!isClosed()) {
            try {
                boolean more = deliver();
                pauseMillis = FIRST_PAUSE_MILLIS;
                if (!more) {
                    awaitWake(pollInterval.toMillis(), true);
                }
            } catch (StoreUnavailable away) {
                LOG.info("subscription {}: {}; again in {} ms", name, away.getMessage(), pauseMillis);
                awaitWake(pauseMillis, false);
                pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            } catch (RuntimeException failed) {
                LOG.warn("subscription {} after position {}: again in {} ms", name, position, pauseMillis, failed);
                awaitWake(pauseMillis, false);
                pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private boolean deliver() {
        List<RecordedEvent> events = reader.read(position, BATCH);
        if (events.isEmpty() || isClosed()) {
            return false;
        }
        consumer.accept(events);
        position = events.getLast().position();
        return true;
    }

    private void awaitWake(long millis, boolean untilWoken) {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && nanos > 0 && !(untilWoken && woken)) {
                nanos = changed.awaitNanos(nanos);
            }
            woken = false;
        } catch (InterruptedException stop) {
            closed = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was closed, so whoever wakes it may forget it. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!Thread.currentThread().equals(thread)) {
            joinUninterruptibly();
        }
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
