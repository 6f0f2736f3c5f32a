package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.ChainReport;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.Snapshot;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamPoint;
import dev.vextrus.eventstore.delivery.Delivery;
import dev.vextrus.kernel.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The log in PostgreSQL, in the schema that {@link EventLogSchema} makes. Any number of processes may append to one log.
 *
 * <p>Keeps {@value #WRITERS} connections of the appender and one of the projector for itself, for as long as it lives; a
 * pool must have room for these. All else takes a connection for one question.
 */
public final class PostgresEventStore implements EventStore {
    private static final int WRITERS = 2;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GroupCommit writers;
    private final LogQueries log;
    private final TenantQueries tenants;
    private final Database snapshots;
    private final AppendSignal signal;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    /**
     * Connections by role, each a plain role as {@link DatabaseCheck} wants it.
     *
     * @param appender writes
     * @param projector reads the log of all tenants
     * @param reader reads one tenant's rows at a time
     */
    public record Sources(DataSource appender, DataSource projector, DataSource reader) {}

    /** @param release written into every event */
    public PostgresEventStore(Sources sources, String release, InstantSource clock) {
        this(sources, release, clock, PATIENCE);
    }

    /** @param patience how long an append waits for a database that is away */
    PostgresEventStore(Sources sources, String release, InstantSource clock, Duration patience) {
        this.log = new LogQueries(sources.projector);
        this.tenants = new TenantQueries(sources.reader);
        this.snapshots = new Database(sources.appender);
        var known = new KnownVersions();
        var foresight = new Foresight();
        this.writers = new GroupCommit(
                WRITERS, () -> new BatchAppender(sources.appender, release, clock, patience, known, foresight));
        this.signal = new AppendSignal(sources.projector, () -> deliveries.forEach(Delivery::wake));
    }

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        return writers.append(request);
    }

    @Override
    public boolean isWriting() {
        return writers.isWriting();
    }

    @Override
    public List<RecordedEvent> readStream(TenantId tenant, StreamId stream, long afterVersion, long toVersion) {
        return tenants.stream(tenant, stream, afterVersion, toVersion);
    }

    @Override
    public List<RecordedEvent> readLog(long afterPosition, int limit) {
        return log.events(afterPosition, limit);
    }

    @Override
    public List<RecordedEvent> readLog(TenantId tenant, long afterPosition, int limit) {
        return tenants.log(tenant, afterPosition, limit);
    }

    @Override
    public Map<StreamPoint, List<Long>> positions(Collection<StreamPoint> points) {
        return log.positions(List.copyOf(points));
    }

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public Optional<RecordedCommand> findCommand(TenantId tenant, String principal, String key) {
        return tenants.command(tenant, principal, key);
    }

    @Override
    public List<RecordedCommand> readCommands(long afterSequence, int limit) {
        return log.commands(afterSequence, limit);
    }

    @Override
    public long lastCommand() {
        return log.lastCommand();
    }

    @Override
    public Optional<Snapshot> loadSnapshot(TenantId tenant, StreamId stream, String foldVersion, long atMostVersion) {
        return tenants.snapshot(tenant, stream, foldVersion, atMostVersion);
    }

    @Override
    public void saveSnapshot(Snapshot snapshot) {
        snapshots.execute(
                """
                INSERT INTO eventlog.snapshots (tenant, stream, fold_version, version, state) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (tenant, stream, fold_version, version) DO UPDATE SET state = excluded.state
                """,
                snapshot.tenant().value(),
                snapshot.stream().value(),
                snapshot.foldVersion(),
                snapshot.version(),
                snapshot.state().toBytes());
    }

    @Override
    public Subscription subscribe(String name, long afterPosition, Consumer<List<RecordedEvent>> consumer) {
        var delivery = Delivery.start(name, afterPosition, this::readLog, consumer, POLL);
        deliveries.removeIf(Delivery::isClosed);
        deliveries.add(delivery);
        return delivery;
    }

    @Override
    public ChainReport verifyChains(long afterPosition) {
        return log.verify(afterPosition);
    }

    @Override
    public ChainReport verifyChain(TenantId tenant) {
        return log.verify(tenant);
    }

    /** Carries out what was sent before, then ends every subscription. */
    @Override
    public void close() {
        writers.close();
        deliveries.forEach(Delivery::close);
        signal.close();
    }
}
