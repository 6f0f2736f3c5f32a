package dev.vextrus.eventstore.memory;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.ChainReport;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.Snapshot;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamPoint;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.eventstore.contract.Samples;
import dev.vextrus.kernel.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A store in memory that can be made to break one promise. */
class BrokenStore implements EventStore {
    private final EventStore inner = new InMemoryEventStore("1.0.0", InstantSource.fixed(Instant.EPOCH));

    static EventStore sound() {
        return new BrokenStore();
    }

    static EventStore ignoringVersions() {
        return new BrokenStore() {
            @Override
            AppendRequest altered(AppendRequest request) {
                List<StreamWrite> writes = request.writes().stream()
                        .map(write -> new StreamWrite(write.stream(), version(request, write), write.events()))
                        .toList();
                return new AppendRequest(
                        request.tenant(), writes, request.guards(), request.metadata(), request.command());
            }

            private long version(AppendRequest request, StreamWrite write) {
                return readStream(request.tenant(), write.stream(), 0, Long.MAX_VALUE)
                        .size();
            }
        };
    }

    static EventStore ignoringGuards() {
        return new BrokenStore() {
            @Override
            AppendRequest altered(AppendRequest request) {
                return new AppendRequest(
                        request.tenant(), request.writes(), List.of(), request.metadata(), request.command());
            }
        };
    }

    static EventStore forgettingCommands() {
        return new BrokenStore() {
            @Override
            AppendRequest altered(AppendRequest request) {
                return request.writes().isEmpty()
                        ? request
                        : new AppendRequest(
                                request.tenant(), request.writes(), request.guards(), request.metadata(), null);
            }
        };
    }

    static EventStore mixingTenants() {
        return new BrokenStore() {
            @Override
            AppendRequest altered(AppendRequest request) {
                return new AppendRequest(
                        Samples.ACME, request.writes(), request.guards(), request.metadata(), request.command());
            }
        };
    }

    static EventStore drawingNoNumbers() {
        return new BrokenStore() {
            @Override
            AppendRequest altered(AppendRequest request) {
                List<StreamWrite> writes = request.writes().stream()
                        .map(write -> new StreamWrite(
                                write.stream(),
                                write.expectedVersion(),
                                write.events().stream().map(this::unnumbered).toList()))
                        .toList();
                return new AppendRequest(
                        request.tenant(), writes, request.guards(), request.metadata(), request.command());
            }

            private NewEvent unnumbered(NewEvent event) {
                return new NewEvent(event.id(), event.type(), event.schemaVersion(), event.payload(), null);
            }
        };
    }

    static EventStore skippingDeliveries() {
        return new BrokenStore() {
            @Override
            public Subscription subscribe(String name, long afterPosition, Consumer<List<RecordedEvent>> consumer) {
                return super.subscribe(
                        name,
                        afterPosition,
                        events -> consumer.accept(events.stream()
                                .filter(event -> event.position() != 4)
                                .toList()));
            }
        };
    }

    static EventStore ignoringFolds() {
        return new BrokenStore() {
            @Override
            public Optional<Snapshot> loadSnapshot(
                    TenantId tenant, StreamId stream, String foldVersion, long atMostVersion) {
                return super.loadSnapshot(tenant, stream, "fold-1", atMostVersion);
            }
        };
    }

    AppendRequest altered(AppendRequest request) {
        return request;
    }

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        return inner.append(altered(request));
    }

    @Override
    public List<RecordedEvent> readStream(TenantId tenant, StreamId stream, long afterVersion, long toVersion) {
        return inner.readStream(tenant, stream, afterVersion, toVersion);
    }

    @Override
    public List<RecordedEvent> readLog(long afterPosition, int limit) {
        return inner.readLog(afterPosition, limit);
    }

    @Override
    public List<RecordedEvent> readLog(TenantId tenant, long afterPosition, int limit) {
        return inner.readLog(tenant, afterPosition, limit);
    }

    @Override
    public Map<StreamPoint, List<Long>> positions(Collection<StreamPoint> points) {
        return inner.positions(points);
    }

    @Override
    public long head() {
        return inner.head();
    }

    @Override
    public Optional<RecordedCommand> findCommand(TenantId tenant, String principal, String key) {
        return inner.findCommand(tenant, principal, key);
    }

    @Override
    public List<RecordedCommand> readCommands(long afterSequence, int limit) {
        return inner.readCommands(afterSequence, limit);
    }

    @Override
    public long lastCommand() {
        return inner.lastCommand();
    }

    @Override
    public Optional<Snapshot> loadSnapshot(TenantId tenant, StreamId stream, String foldVersion, long atMostVersion) {
        return inner.loadSnapshot(tenant, stream, foldVersion, atMostVersion);
    }

    @Override
    public void saveSnapshot(Snapshot snapshot) {
        inner.saveSnapshot(snapshot);
    }

    @Override
    public Subscription subscribe(String name, long afterPosition, Consumer<List<RecordedEvent>> consumer) {
        return inner.subscribe(name, afterPosition, consumer);
    }

    @Override
    public ChainReport verifyChains(long afterPosition) {
        return inner.verifyChains(afterPosition);
    }

    @Override
    public ChainReport verifyChain(TenantId tenant) {
        return inner.verifyChain(tenant);
    }

    @Override
    public void close() {
        inner.close();
    }
}
