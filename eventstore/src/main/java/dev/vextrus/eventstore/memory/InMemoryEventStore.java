package dev.vextrus.eventstore.memory;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.ChainHash;
import dev.vextrus.eventstore.ChainReport;
import dev.vextrus.eventstore.ChainVerifier;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.Snapshot;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamPoint;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.ChainedEvent;
import dev.vextrus.eventstore.append.LogHeads;
import dev.vextrus.eventstore.delivery.Delivery;
import dev.vextrus.kernel.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps the log for as long as it lives. Safe for use by several threads; appends are done when they return. */
public final class InMemoryEventStore implements EventStore {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final String release;
    private final InstantSource clock;
    private final LogHeads heads = new LogHeads(0, 0);
    private final List<ChainedEvent> log = new ArrayList<>();
    private final List<RecordedCommand> commands = new ArrayList<>();
    private final Map<LogHeads.Stream, List<RecordedEvent>> streams = new HashMap<>();
    private final Map<LogHeads.Stream, List<Snapshot>> snapshots = new HashMap<>();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private boolean closed;

    /** @param release written into every event */
    public InMemoryEventStore(String release, InstantSource clock) {
        this.release = release;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        AppendResult result;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(new StoreUnavailable("the event store is closed"));
            }
            if (UnstorableText.isIn(request)) {
                // As with the real store, only what would be written is looked at.
                AppendResult objection = AppendPlan.objection(request, heads);
                return CompletableFuture.completedFuture(objection != null ? objection : UnstorableText.REJECTED);
            }
            AppendPlan plan = AppendPlan.of(
                    List.of(request), heads, release, clock.instant().truncatedTo(ChronoUnit.MICROS));
            log.addAll(plan.events());
            commands.addAll(plan.commands());
            for (ChainedEvent chained : plan.events()) {
                RecordedEvent event = chained.event();
                streams.computeIfAbsent(new LogHeads.Stream(event.tenant(), event.stream()), _ -> new ArrayList<>())
                        .add(event);
            }
            result = plan.outcomes().getFirst();
        }
        deliveries.forEach(Delivery::wake);
        return CompletableFuture.completedFuture(result);
    }

    @Override
    public synchronized List<RecordedEvent> readStream(
            TenantId tenant, StreamId stream, long afterVersion, long toVersion) {
        List<RecordedEvent> events = streams.getOrDefault(new LogHeads.Stream(tenant, stream), List.of());
        int from = Math.clamp(afterVersion, 0, events.size());
        int to = Math.clamp(toVersion, from, events.size());
        return List.copyOf(events.subList(from, to));
    }

    @Override
    public synchronized List<RecordedEvent> readLog(long afterPosition, int limit) {
        return after(afterPosition).limit(limit).toList();
    }

    @Override
    public synchronized List<RecordedEvent> readLog(TenantId tenant, long afterPosition, int limit) {
        return after(afterPosition)
                .filter(event -> event.tenant().equals(tenant))
                .limit(limit)
                .toList();
    }

    private Stream<RecordedEvent> after(long position) {
        // Positions here have no holes: the event at position p is the p-th.
        int from = Math.clamp(position, 0, log.size());
        return log.subList(from, log.size()).stream().map(ChainedEvent::event);
    }

    @Override
    public synchronized Map<StreamPoint, List<Long>> positions(Collection<StreamPoint> points) {
        Map<StreamPoint, List<Long>> found = new HashMap<>();
        for (StreamPoint point : points) {
            List<Long> positions =
                    readStream(point.tenant(), point.stream(), point.version() - 1, point.version()).stream()
                            .map(RecordedEvent::position)
                            .toList();
            if (!positions.isEmpty()) {
                found.put(point, positions);
            }
        }
        return found;
    }

    @Override
    public synchronized long head() {
        return heads.position();
    }

    @Override
    public synchronized Optional<RecordedCommand> findCommand(TenantId tenant, String principal, String key) {
        return Optional.ofNullable(heads.command(new LogHeads.Key(tenant, principal, key)));
    }

    @Override
    public synchronized List<RecordedCommand> readCommands(long afterSequence, int limit) {
        int from = Math.clamp(afterSequence, 0, commands.size());
        return commands.subList(from, commands.size()).stream().limit(limit).toList();
    }

    @Override
    public synchronized long lastCommand() {
        return commands.isEmpty() ? 0 : commands.getLast().sequence();
    }

    @Override
    public synchronized Optional<Snapshot> loadSnapshot(
            TenantId tenant, StreamId stream, String foldVersion, long atMostVersion) {
        return snapshots.getOrDefault(new LogHeads.Stream(tenant, stream), List.of()).stream()
                .filter(kept -> kept.foldVersion().equals(foldVersion) && kept.version() <= atMostVersion)
                .max(Comparator.comparingLong(Snapshot::version));
    }

    @Override
    public synchronized void saveSnapshot(Snapshot snapshot) {
        List<Snapshot> kept = snapshots.computeIfAbsent(
                new LogHeads.Stream(snapshot.tenant(), snapshot.stream()), _ -> new ArrayList<>());
        kept.removeIf(
                old -> old.version() == snapshot.version() && old.foldVersion().equals(snapshot.foldVersion()));
        kept.add(snapshot);
    }

    @Override
    public Subscription subscribe(String name, long afterPosition, Consumer<List<RecordedEvent>> consumer) {
        var delivery = Delivery.start(name, afterPosition, this::readLog, consumer, POLL);
        deliveries.removeIf(Delivery::isClosed);
        deliveries.add(delivery);
        return delivery;
    }

    @Override
    public synchronized ChainReport verifyChains(long afterPosition) {
        int from = Math.clamp(afterPosition, 0, log.size());
        Map<TenantId, Payload> links = new HashMap<>();
        log.subList(0, from).forEach(chained -> links.put(chained.event().tenant(), chained.hash()));
        var verifier = new ChainVerifier(from, tenant -> links.getOrDefault(tenant, ChainHash.GENESIS));
        log.subList(from, log.size()).forEach(chained -> verifier.next(chained.event(), chained.hash()));
        return verifier.report();
    }

    @Override
    public synchronized ChainReport verifyChain(TenantId tenant) {
        var verifier = new ChainVerifier(0, any -> ChainHash.GENESIS);
        log.stream()
                .filter(chained -> chained.event().tenant().equals(tenant))
                .forEach(chained -> verifier.next(chained.event(), chained.hash()));
        return verifier.report();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        deliveries.forEach(Delivery::close);
    }
}
