package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The log. Position order is commit order: whoever reads {@code position > last ORDER BY position} sees every committed
 * event once and none late.
 *
 * <p>Every method that fails to reach the store throws {@link StoreUnavailable} (or completes exceptionally with it).
 */
public interface EventStore extends AutoCloseable {

    /**
     * Appends. Requests that arrive together may be committed together; each has its own outcome. Blocks the caller only
     * where too many wait already, and not for ever: then the future ends with {@link StoreUnavailable}.
     *
     * <p>What is looked at, in this order: the idempotency key, the expected versions, the guards. A request sees the
     * requests committed before it, also those of its own batch. {@link StoreUnavailable} leaves open whether the append
     * took place; the same request under the same idempotency key may safely be sent again.
     */
    CompletableFuture<AppendResult> append(AppendRequest request);

    /**
     * Whether this process still carries appends out. An outage of the database does not change it, nor a few requests
     * that fail for reasons of their own; where it is false, nothing but a new process helps.
     */
    default boolean isWriting() {
        return true;
    }

    /** A stream's events after {@code afterVersion}, up to {@code toVersion} (inclusive), in order. */
    List<RecordedEvent> readStream(TenantId tenant, StreamId stream, long afterVersion, long toVersion);

    /** The log of all tenants after {@code afterPosition}, in order, at most {@code limit} events. */
    List<RecordedEvent> readLog(long afterPosition, int limit);

    /** One tenant's part of the log. */
    List<RecordedEvent> readLog(TenantId tenant, long afterPosition, int limit);

    /**
     * Where these events are, whichever tenants they are of: each one's positions, ascending. One that is not there is
     * left out; in a sound log the others have one position each. One question, however many points.
     */
    Map<StreamPoint, List<Long>> positions(Collection<StreamPoint> points);

    /** The position of the last committed event; 0 where there is none. */
    long head();

    /** Looks an idempotency key up before deciding. */
    Optional<RecordedCommand> findCommand(TenantId tenant, String principal, String key);

    /** Recorded commands of all tenants after {@code afterSequence}, in order, at most {@code limit}. */
    List<RecordedCommand> readCommands(long afterSequence, int limit);

    /** The sequence of the last recorded command of all tenants; 0 where there is none. */
    long lastCommand();

    /** The newest snapshot of that fold at or below {@code atMostVersion}. */
    Optional<Snapshot> loadSnapshot(TenantId tenant, StreamId stream, String foldVersion, long atMostVersion);

    void saveSnapshot(Snapshot snapshot);

    /**
     * Delivers every event after {@code afterPosition}, in order, in batches, on a thread of the subscription's own,
     * until closed. A consumer that throws gets the same batch again, after a pause that grows.
     */
    Subscription subscribe(String name, long afterPosition, Consumer<List<RecordedEvent>> consumer);

    /** Reads the whole log and checks every tenant's hash chain. */
    default ChainReport verifyChains() {
        return verifyChains(0);
    }

    /**
     * Checks the links of the events after {@code afterPosition} only, trusting those before: for whoever has verified
     * up to there and looks again often.
     */
    ChainReport verifyChains(long afterPosition);

    /** Reads one tenant's events and checks its hash chain; a tenant without events has an empty one, which is sound. */
    ChainReport verifyChain(TenantId tenant);

    @Override
    void close();

    /** A running delivery. */
    interface Subscription extends AutoCloseable {

        /** The position of the last event that the consumer took without throwing; where it began before the first. */
        long position();

        /** Stops; on return no batch is under way and none will come. */
        @Override
        void close();
    }
}
