package dev.vextrus.finance.codec;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.finance.command.FinanceEvent;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/** {@link EventCodec} on {@link FinanceJson}. */
public final class JsonEventCodec implements EventCodec {
    private final Map<Class<?>, Writer> writers = new HashMap<>();
    private final Map<String, Reader> readers = new HashMap<>();
    private final Map<EventVersion, Upcaster> upcasters = new HashMap<>();
    private final SortedSet<EventVersion> reads = new TreeSet<>();
    private final SortedSet<EventVersion> writes = new TreeSet<>();

    public JsonEventCodec() {
        this(EventType.ALL, List.of());
    }

    JsonEventCodec(List<EventType> types, List<Upcaster> upcasters) {
        for (EventType type : types) {
            writers.put(
                    type.record(),
                    new Writer(type.written(), FinanceJson.mapper().writerFor(type.record())));
            readers.put(
                    type.written().type(),
                    new Reader(type.written().version(), FinanceJson.mapper().readerFor(type.record())));
            writes.add(type.written());
        }
        reads.addAll(writes);
        for (Upcaster upcaster : upcasters) {
            EventVersion from = new EventVersion(upcaster.type(), upcaster.from());
            this.upcasters.put(from, upcaster);
            reads.add(from);
        }
    }

    @Override
    public Encoded encode(FinanceEvent event) {
        Writer writer = writers.get(event.getClass());
        if (writer == null) {
            throw new IllegalStateException(
                    "event: " + event.getClass().getSimpleName() + " is not a stored type; add it to EventType");
        }
        return new Encoded(writer.version, Payload.of(writer.json.writeValueAsBytes(event)));
    }

    @Override
    public FinanceEvent decode(String type, int schemaVersion, Payload payload) {
        EventVersion version = new EventVersion(type, schemaVersion);
        Reader reader = readers.get(type);
        if (reader == null || schemaVersion > reader.version) {
            throw new UnreadableEvent(version, "this release does not know it", null);
        }
        try {
            return schemaVersion == reader.version
                    ? reader.json.readValue(payload.toBytes())
                    : reader.json.readValue(upcast(version, reader.version, payload));
        } catch (JacksonException malformed) {
            throw new UnreadableEvent(version, "its payload is not one", malformed);
        }
    }

    @Override
    public SortedSet<EventVersion> reads() {
        return Collections.unmodifiableSortedSet(reads);
    }

    @Override
    public SortedSet<EventVersion> writes() {
        return Collections.unmodifiableSortedSet(writes);
    }

    private ObjectNode upcast(EventVersion stored, int current, Payload payload) {
        ObjectNode node = (ObjectNode) FinanceJson.mapper().readTree(payload.toBytes());
        for (int version = stored.version(); version < current; version++) {
            @Nullable Upcaster step = upcasters.get(new EventVersion(stored.type(), version));
            if (step == null) {
                throw new UnreadableEvent(stored, "this release has no way up from version " + version, null);
            }
            node = step.to().apply(node);
        }
        return node;
    }

    private record Writer(EventVersion version, ObjectWriter json) {}

    private record Reader(int version, ObjectReader json) {}
}
