package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.ChainedEvent;
import dev.vextrus.eventstore.append.LogHeads;
import dev.vextrus.kernel.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the log will end once all that this process has sent is committed, so that the next batch can be planned, hashed
 * and encoded while the one before it is being written. Shared by the writers of a process.
 *
 * <p>It is a guess: another process may write in between, and a batch may fail. {@code append_after} compares the guess
 * under the log's lock and writes nothing where it is wrong. Then the writer goes by what it reads under the lock, alone
 * in this process, and a new era of foresight begins with the next batch. Where others write as well, guessing costs more
 * than it gains, so after each time it was overtaken it abstains for a while.
 */
final class Foresight {
    private static final int STREAMS = 20_000;
    private static final int TENANTS = 20_000;
    private static final int SERIES = 20_000;
    private static final int SHORTEST_PAUSE_BATCHES = 16;
    private static final int LONGEST_PAUSE_BATCHES = 1_024;
    /** So many in a row, and nobody else seems to write any more. */
    private static final int UNDISTURBED_BATCHES = 64;

    /** Foreseen batches share it; whoever goes by what it reads after a failure has it alone. */
    private final ReadWriteLock era = new ReentrantReadWriteLock(true);

    private final Recent<LogHeads.Stream, Long> versions = new Recent<>(STREAMS);
    private final Recent<TenantId, Payload> links = new Recent<>(TENANTS);
    private final Recent<LogHeads.Series, Long> numbers = new Recent<>(SERIES);
    private boolean known;
    private long eras;
    private long position;
    private long sequence;
    private @Nullable Payload hash;
    /** Of the batch planned last; tickets are consecutive. */
    private long planned;
    /** Of the batch committed last. */
    private long committed;

    private int batchesToAbstain;
    private int nextPauseBatches = SHORTEST_PAUSE_BATCHES;
    private int undisturbed;

    /** A share in an era, or all of it, until it is closed. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Tells where the log ends. */
    interface Question {
        EndsQuery.Tip ask() throws SQLException;
    }

    /** Looks up what this process has not seen. */
    interface Lookup {
        LogHeads ask(EndsQuery.Asked asked) throws SQLException;
    }

    /** A plan, and the end of the log that it goes by. */
    record Foreseen(AppendPlan plan, Instant recordedAt, EndsQuery.Tip after, long era, long ticket) {}

    /** Whether it is worth trying for this batch. */
    synchronized boolean isWorthwhile() {
        if (batchesToAbstain > 0) {
            batchesToAbstain--;
            return false;
        }
        return true;
    }

    /** Held while a batch is carried out beside others of this process. */
    Hold together() {
        era.readLock().lock();
        return era.readLock()::unlock;
    }

    /** Held while nothing else of this process is under way, and nothing is foreseen any more. */
    Hold alone() {
        era.writeLock().lock();
        forget();
        return era.writeLock()::unlock;
    }

    /** Begins a new era where there is none, from the log's end as it is committed now. */
    void begin(Question question) throws SQLException {
        if (isKnown()) {
            return;
        }
        era.writeLock().lock();
        try {
            if (!isKnown()) {
                start(question.ask());
            }
        } finally {
            era.writeLock().unlock();
        }
    }

    private synchronized boolean isKnown() {
        return known;
    }

    private synchronized void start(EndsQuery.Tip tip) {
        versions.clear();
        links.clear();
        numbers.clear();
        position = tip.position();
        sequence = tip.sequence();
        hash = tip.hash();
        committed = planned;
        eras++;
        known = true;
    }

    /**
     * Plans a batch to follow all that were planned before. Null where it cannot be foreseen that every request will be
     * appended: what is not, is said only by a plan made under the log's lock.
     */
    synchronized @Nullable Foreseen plan(List<AppendRequest> batch, Lookup lookup, String release, Instant now)
            throws SQLException {
        if (!known) {
            return null;
        }
        var heads = new LogHeads(position, sequence);
        fill(heads, batch, lookup);
        AppendPlan plan = AppendPlan.of(batch, heads, release, now);
        if (!plan.outcomes().stream().allMatch(AppendResult.Appended.class::isInstance)) {
            forget();
            return null;
        }
        var foreseen = new Foreseen(plan, now, new EndsQuery.Tip(position, hash, sequence), eras, ++planned);
        follow(plan, heads);
        return foreseen;
    }

    private void follow(AppendPlan plan, LogHeads heads) {
        for (ChainedEvent chained : plan.events()) {
            RecordedEvent event = chained.event();
            versions.put(new LogHeads.Stream(event.tenant(), event.stream()), event.version(), planned);
            links.put(event.tenant(), chained.hash(), planned);
            hash = chained.hash();
        }
        plan.numbers().forEach((series, last) -> numbers.put(series, last, planned));
        position = heads.position();
        sequence += plan.commands().size();
        versions.trim(committed);
        links.trim(committed);
        numbers.trim(committed);
    }

    /** Answers from what was seen, and looks the rest up: no batch under way touches it, so what is committed holds. */
    private void fill(LogHeads heads, List<AppendRequest> batch, Lookup lookup) throws SQLException {
        var unseen = new EndsQuery.Asked();
        for (AppendRequest request : batch) {
            TenantId tenant = request.tenant();
            fillLink(heads, tenant, unseen);
            for (StreamWrite write : request.writes()) {
                fillVersion(heads, new LogHeads.Stream(tenant, write.stream()), write.expectedVersion() == 0, unseen);
                for (NewEvent event : write.events()) {
                    fillNumber(heads, tenant, event, unseen);
                }
            }
            for (StreamVersion guard : request.guards()) {
                fillVersion(heads, new LogHeads.Stream(tenant, guard.stream()), false, unseen);
            }
        }
        if (!unseen.isEmpty()) {
            LogHeads found = lookup.ask(unseen);
            unseen.streams().forEach(stream -> {
                heads.version(stream, found.version(stream));
                versions.put(stream, found.version(stream), committed);
            });
            unseen.tenants().forEach(tenant -> {
                heads.link(tenant, found.link(tenant));
                links.put(tenant, found.link(tenant), committed);
            });
            unseen.series().forEach(series -> {
                heads.number(series, found.number(series));
                numbers.put(series, found.number(series), committed);
            });
        }
    }

    /** @param takenForNew a stream never seen need not be asked about: were it there, its version 1 would be refused */
    private void fillVersion(LogHeads heads, LogHeads.Stream stream, boolean takenForNew, EndsQuery.Asked unseen) {
        Long version = versions.get(stream);
        if (version != null) {
            heads.version(stream, version);
        } else if (!takenForNew) {
            unseen.streams().add(stream);
        }
    }

    private void fillLink(LogHeads heads, TenantId tenant, EndsQuery.Asked unseen) {
        Payload link = links.get(tenant);
        if (link == null) {
            unseen.tenants().add(tenant);
        } else {
            heads.link(tenant, link);
        }
    }

    private void fillNumber(LogHeads heads, TenantId tenant, NewEvent event, EndsQuery.Asked unseen) {
        if (event.series() != null) {
            var series = new LogHeads.Series(tenant, event.series());
            Long number = numbers.get(series);
            if (number == null) {
                unseen.series().add(series);
            } else {
                heads.number(series, number);
            }
        }
    }

    /** Waits for the batches planned before this one. Returns whether all were committed, so that its time has come. */
    synchronized boolean awaitTurn(Foreseen foreseen, long timeoutMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            long left = timeoutMillis;
            while (left > 0 && holds(foreseen) && committed < foreseen.ticket - 1) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        return holds(foreseen) && committed >= foreseen.ticket - 1;
    }

    private boolean holds(Foreseen foreseen) {
        return known && foreseen.era == eras;
    }

    synchronized void committed(Foreseen foreseen) {
        if (foreseen.era == eras) {
            committed = foreseen.ticket;
            if (++undisturbed >= UNDISTURBED_BATCHES) {
                nextPauseBatches = SHORTEST_PAUSE_BATCHES;
            }
            notifyAll();
        }
    }

    /** Another process wrote; or a batch of this one failed, and those planned on it with it. */
    synchronized void overtaken(Foreseen foreseen) {
        if (holds(foreseen)) {
            batchesToAbstain = nextPauseBatches;
            nextPauseBatches = Math.min(2 * nextPauseBatches, LONGEST_PAUSE_BATCHES);
            undisturbed = 0;
            forget();
        }
    }

    synchronized void forget() {
        known = false;
        notifyAll();
    }
}
