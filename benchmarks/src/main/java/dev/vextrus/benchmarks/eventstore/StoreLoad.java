package dev.vextrus.benchmarks.eventstore;

import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Clients on virtual threads, as the service has them: each sends a command and waits for its outcome. */
final class StoreLoad {
    private final EventStore store;
    private final DataSource projector;
    private final long[] sent;
    private long arrivals;

    StoreLoad(EventStore store, DataSource projector, int clients) {
        this.store = store;
        this.projector = projector;
        this.sent = new long[clients];
        for (int tenant = 0; tenant < Math.min(Samples.TENANTS, clients); tenant++) {
            store.append(Samples.open(Samples.tenant(tenant))).join();
        }
    }

    Slice run(long millis) throws SQLException {
        long batchesBefore = batches();
        var latency = new ConcurrentHistogram(3);
        var done = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < sent.length; client++) {
            int number = client;
            clients.add(Thread.ofVirtual().start(() -> done.addAndGet(run(number, end, latency))));
        }
        clients.forEach(StoreLoad::join);
        long nanos = System.nanoTime() - begin;
        var all = new Histogram(3);
        all.add(latency);
        return new Slice(done.get(), batches() - batchesBefore, nanos, all);
    }

    private long run(int client, long end, Histogram latency) {
        long first = sent[client];
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            AppendResult outcome =
                    store.append(Samples.command(client, sent[client]++)).join();
            check(outcome);
            latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
        }
        return sent[client] - first;
    }

    /**
     * Commands that come when they come, whether or not those before are done: each waits from the moment it was due, so
     * that a stall counts for all that it kept waiting.
     */
    Slice runOpen(long millis, int perSecond) throws SQLException {
        long batchesBefore = batches();
        var latency = new ConcurrentHistogram(3);
        List<CompletableFuture<AppendResult>> sent = new ArrayList<>();
        long begin = System.nanoTime();
        long count = millis * perSecond / 1_000;
        for (long i = 0; i < count; i++) {
            long due = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            CompletableFuture<AppendResult> outcome = store.append(Samples.arrival(arrivals++));
            sent.add(outcome.whenComplete(
                    (_, _) -> latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due))));
        }
        sent.forEach(each -> check(each.join()));
        long nanos = System.nanoTime() - begin;
        var all = new Histogram(3);
        all.add(latency);
        return new Slice(count, batches() - batchesBefore, nanos, all);
    }

    private static void check(AppendResult outcome) {
        if (!(outcome instanceof AppendResult.Appended)) {
            throw new IllegalStateException("not appended: " + outcome);
        }
    }

    /** Each batch has one time of recording. */
    private long batches() throws SQLException {
        try (Connection connection = projector.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(DISTINCT recorded_at) FROM eventlog.events")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void join(Thread client) {
        try {
            client.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", stop);
        }
    }
}
