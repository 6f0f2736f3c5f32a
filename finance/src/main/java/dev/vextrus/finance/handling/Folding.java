package dev.vextrus.finance.handling;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.Snapshot;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.FinanceJson;
import dev.vextrus.finance.codec.UnreadableEvent;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Fold;
import dev.vextrus.finance.command.Known.At;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.StreamKey;
import dev.vextrus.kernel.TenantId;
import java.util.List;
import tools.jackson.core.JacksonException;

/** From stored events and snapshots to state. */
public final class Folding {
    /** A snapshot is kept whenever a stream passes a multiple of it. */
    static final int SNAPSHOT_EVERY = 50;

    private final EventStore store;
    private final EventCodec codec;
    private final Quarantine quarantine;

    public Folding(EventStore store, EventCodec codec, Quarantine quarantine) {
        this.store = store;
        this.codec = codec;
        this.quarantine = quarantine;
    }

    static StreamId id(StreamKey key) {
        return StreamId.of(key.category(), key.id());
    }

    /** The stream at a version, or at its newest below that; from the newest snapshot there is. */
    At load(TenantId tenant, Ref<?> stream, long toVersion) {
        return extend(tenant, stream, start(tenant, stream, toVersion), toVersion);
    }

    /** As {@link #load}, without looking at snapshots. */
    At replay(TenantId tenant, Ref<?> stream, long toVersion) {
        return extend(tenant, stream, new At(0, stream.fold().initial()), toVersion);
    }

    /** The stream as it was when the log ended at {@code position}. */
    At loadAtPosition(TenantId tenant, Ref<?> stream, long position) {
        List<RecordedEvent> events = store.readStream(tenant, id(stream.key()), 0, Long.MAX_VALUE).stream()
                .takeWhile(event -> event.position() <= position)
                .toList();
        return fold(stream, new At(0, stream.fold().initial()), events);
    }

    /** What was appended since {@code from}. */
    At extend(TenantId tenant, Ref<?> stream, At from, long toVersion) {
        return fold(stream, from, store.readStream(tenant, id(stream.key()), from.version(), toVersion));
    }

    /** The state after an event that was just appended. */
    static At evolve(Ref<?> stream, At from, List<? extends FinanceEvent> events) {
        Object state = from.state();
        for (FinanceEvent event : events) {
            state = apply(stream.fold(), state, event);
        }
        return new At(from.version() + events.size(), state);
    }

    /** Keeps a snapshot if the stream passed a multiple of {@link #SNAPSHOT_EVERY} on the way. */
    void snapshotIfDue(TenantId tenant, Ref<?> stream, long fromVersion, At to) {
        if (to.version() / SNAPSHOT_EVERY > fromVersion / SNAPSHOT_EVERY) {
            byte[] state = FinanceJson.mapper().writeValueAsBytes(to.state());
            store.saveSnapshot(new Snapshot(
                    tenant, id(stream.key()), to.version(), stream.fold().version(), Payload.of(state)));
        }
    }

    private At start(TenantId tenant, Ref<?> stream, long atMostVersion) {
        At nothing = new At(0, stream.fold().initial());
        if (atMostVersion < SNAPSHOT_EVERY) {
            return nothing;
        }
        return store.loadSnapshot(tenant, id(stream.key()), stream.fold().version(), atMostVersion)
                .map(snapshot -> read(stream.fold(), snapshot, nothing))
                .orElse(nothing);
    }

    private static At read(Fold<?> fold, Snapshot snapshot, At nothing) {
        try {
            return new At(
                    snapshot.version(),
                    FinanceJson.mapper().readValue(snapshot.state().toBytes(), fold.stateType()));
        } catch (JacksonException otherForm) {
            // A snapshot is a cache: one that cannot be read is as good as none.
            return nothing;
        }
    }

    /** The state after the stream's next events. */
    At fold(Ref<?> stream, At from, List<RecordedEvent> events) {
        Object state = from.state();
        long version = from.version();
        for (RecordedEvent event : events) {
            FinanceEvent decoded;
            try {
                decoded = codec.decode(event.type(), event.schemaVersion(), event.payload());
            } catch (UnreadableEvent unreadable) {
                throw new Quarantine.Found(quarantine.add(event, unreadable), unreadable);
            }
            state = apply(stream.fold(), state, decoded);
            version = event.version();
        }
        return new At(version, state);
    }

    private static <S> Object apply(Fold<S> fold, Object state, FinanceEvent event) {
        return fold.evolve(fold.stateType().cast(state), event);
    }
}
