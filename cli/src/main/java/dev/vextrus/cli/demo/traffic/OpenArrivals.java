package dev.vextrus.cli.demo.traffic;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts requests at an open rate: the next is due after an exponential gap, whether or not the one before was answered.
 * Each is told when it was due, and its latency counts from then; a generator that waits for answers would send nothing
 * while the service stalls and so never measure the stall (coordinated omission).
 */
public final class OpenArrivals implements AutoCloseable {
    private static final int MOST_WAITING = 2_000;

    private final SplittableRandom random;
    private final Arrival arrival;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Thread clock = new Thread(this::run, "arrivals");
    private volatile double perSecond;
    private volatile boolean running = true;

    /** What happens when a request is due. */
    @FunctionalInterface
    public interface Arrival {
        /** @param dueNanos of {@link System#nanoTime} */
        void arrive(long dueNanos, SplittableRandom random);
    }

    public OpenArrivals(double perSecond, long seed, Arrival arrival) {
        this.perSecond = perSecond;
        this.random = new SplittableRandom(seed);
        this.arrival = arrival;
    }

    /** From the next request on, so many a second. */
    public void rate(double requestsPerSecond) {
        perSecond = requestsPerSecond;
    }

    public void start() {
        clock.setDaemon(true);
        clock.start();
    }

    private void run() {
        long due = System.nanoTime();
        while (running) {
            due += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
            for (long wait = due - System.nanoTime(); wait > 0 && running; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            SplittableRandom own = random.split();
            long dueNanos = due;
            if (running) {
                try {
                    room.acquire();
                } catch (InterruptedException ending) {
                    return;
                }
                workers.execute(() -> {
                    try {
                        arrival.arrive(dueNanos, own);
                    } finally {
                        room.release();
                    }
                });
            }
        }
    }

    /** No further request is due; returns when those under way are answered, after 30 s at most. */
    @Override
    public void close() {
        running = false;
        clock.interrupt();
        try {
            // Not before the clock has stopped: it would hand requests to workers that take none.
            clock.join();
            workers.shutdown();
            if (!workers.awaitTermination(30, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
