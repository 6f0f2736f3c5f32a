package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.StreamWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects requests that arrive together into batches. While one writer's batch is under way, those that arrive gather
 * for the next; two writers, so that one prepares its batch while the other's is committed.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_REQUESTS = 512;
    private static final int MOST_BYTES = 8 << 20;
    private static final int QUEUE = 10_000;
    /** So long without a request, and those who were just answered are taken to have sent their next. */
    private static final long QUIET_MICROS = 500;

    private static final long ROOM_TIMEOUT_SECONDS = 10;

    /** One request that ends in an error may have itself to blame; so many in a row with nothing carried out is ours. */
    private static final int ERRORS_IN_A_ROW = 4;

    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Thread> writers = new ArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger errorsInARow = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private volatile boolean closed;

    /** @param request null where it tells a writer to end */
    private record Pending(@Nullable AppendRequest request, CompletableFuture<AppendResult> outcome) {

        void fail(RuntimeException cause) {
            outcome.completeExceptionally(cause);
        }
    }

    GroupCommit(int writers, Supplier<BatchAppender> appenders) {
        alive.set(writers);
        for (int i = 1; i <= writers; i++) {
            BatchAppender appender = appenders.get();
            this.writers.add(
                    Thread.ofPlatform().daemon().name("event-writer-" + i).start(() -> write(appender)));
        }
    }

    /** Whether writers carry out what they take up, be it that the database refuses it or is away. */
    boolean isWriting() {
        return !closed && errorsInARow.get() < ERRORS_IN_A_ROW && alive.get() > 0;
    }

    CompletableFuture<AppendResult> append(AppendRequest request) {
        var pending = new Pending(request, new CompletableFuture<>());
        try {
            if (closed) {
                pending.fail(new StoreUnavailable("the event store is closed"));
            } else if (!queue.offer(pending, ROOM_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                pending.fail(new StoreUnavailable(QUEUE + " appends wait already; try again later"));
            } else if (alive.get() == 0) {
                // The last writer looked before this came, and nobody will look again.
                failRemaining();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            pending.fail(new StoreUnavailable("interrupted before it was sent", stop));
        }
        return pending.outcome;
    }

    /** A writer outlives an error: it goes on with a new connection and nothing of what it knew. */
    private void write(BatchAppender appender) {
        try (appender) {
            boolean open = true;
            while (open) {
                List<Pending> gathered = new ArrayList<>();
                try {
                    open = gather(gathered);
                    carryOut(appender, gathered);
                } catch (RuntimeException | Error fatal) {
                    errorsInARow.incrementAndGet();
                    abandon(appender, gathered, fatal);
                }
            }
        } finally {
            if (alive.decrementAndGet() == 0) {
                failRemaining();
            }
        }
    }

    /** What a batch wrote before its error must not be committed with the next, so its transaction ends here. */
    private static void abandon(BatchAppender appender, List<Pending> gathered, Throwable fatal) {
        evenAfterAnError(() -> {
            var unknown = new StoreUnavailable("an error; what became of the batch is not known", fatal);
            gathered.forEach(pending -> pending.fail(unknown));
        });
        evenAfterAnError(appender::close);
        evenAfterAnError(() -> LOG.error("a batch ended in an error", fatal));
    }

    /** Where memory is short, errors come in rows; none of them may keep the next step from being taken. */
    private static void evenAfterAnError(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error another) {
            // The first is the one to tell of.
        }
    }

    /** Waits for a first request and takes what came with it. Returns whether to go on. */
    private boolean gather(List<Pending> gathered) {
        try {
            long bytes = 0;
            for (Pending next = queue.take(); next != null; next = more()) {
                if (next.request == null) {
                    return false;
                }
                gathered.add(next);
                bytes += size(next.request);
                if (gathered.size() >= MOST_REQUESTS || bytes >= MOST_BYTES) {
                    break;
                }
            }
            return true;
        } catch (InterruptedException stop) {
            return false;
        }
    }

    /** Where another batch is under way, this one would wait for it anyway: rather it grows while requests still come in. */
    private @Nullable Pending more() throws InterruptedException {
        Pending next = queue.poll();
        return next == null && underWay.get() > 0 ? queue.poll(QUIET_MICROS, TimeUnit.MICROSECONDS) : next;
    }

    private static long size(AppendRequest request) {
        long bytes = 0;
        for (StreamWrite write : request.writes()) {
            for (NewEvent event : write.events()) {
                bytes += event.payload().size();
            }
        }
        return request.command() == null
                ? bytes
                : bytes + request.command().body().size();
    }

    private void carryOut(BatchAppender appender, List<Pending> gathered) {
        if (gathered.isEmpty()) {
            return;
        }
        List<AppendRequest> batch = new ArrayList<>(gathered.size());
        for (Pending pending : gathered) {
            batch.add(Objects.requireNonNull(pending.request));
        }
        underWay.incrementAndGet();
        try {
            List<AppendResult> outcomes = appender.carryOut(batch);
            errorsInARow.set(0);
            for (int i = 0; i < outcomes.size(); i++) {
                gathered.get(i).outcome.complete(outcomes.get(i));
            }
        } catch (StoreUnavailable away) {
            errorsInARow.set(0);
            gathered.forEach(pending -> pending.fail(away));
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void failRemaining() {
        for (Pending left = queue.poll(); left != null; left = queue.poll()) {
            left.fail(new StoreUnavailable(closed ? "the event store is closed" : "no writer of events is left"));
        }
    }

    /** Carries out what was sent before and returns when it is done. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = 0; i < writers.size(); i++) {
            // Were there no room, it would be because nobody writes any more.
            boolean told = queue.offer(new Pending(null, new CompletableFuture<>()));
            if (!told) {
                writers.forEach(Thread::interrupt);
            }
        }
        boolean interrupted = false;
        for (Thread writer : writers) {
            interrupted |= joinUninterruptibly(writer);
        }
        failRemaining();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joinUninterruptibly(Thread writer) {
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
