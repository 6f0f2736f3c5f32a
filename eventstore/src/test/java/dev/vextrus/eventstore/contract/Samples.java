package dev.vextrus.eventstore.contract;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events and requests to test with; ids are made from names, so equal calls give equal values. */
public final class Samples {
    public static final TenantId ACME = TenantId.of("acme");
    public static final TenantId GLOBEX = TenantId.of("globex");
    public static final StreamId INVOICE = StreamId.of("invoice", "1");
    public static final StreamId PERIOD = StreamId.of("period", "2026-01");
    public static final Metadata METADATA = new Metadata(Actor.of("alice"), id("correlation"), id("causation"));

    private Samples() {}

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public static NewEvent event(String name) {
        return new NewEvent(id(name), "Noted", 1, Payload.ofUtf8("{\"name\":\"" + name + "\"}"), null);
    }

    public static NewEvent numbered(String name, String series) {
        return new NewEvent(id(name), "Numbered", 1, Payload.ofUtf8(name), series);
    }

    public static AppendRequest write(TenantId tenant, StreamId stream, long expectedVersion, NewEvent... events) {
        return request(tenant, List.of(new StreamWrite(stream, expectedVersion, List.of(events))), List.of(), null);
    }

    public static AppendRequest request(
            TenantId tenant, List<StreamWrite> writes, List<StreamVersion> guards, @Nullable CommandRecord command) {
        return new AppendRequest(tenant, writes, guards, METADATA, command);
    }

    /** {@code count} events for one stream that must not exist yet. */
    public static AppendRequest fresh(TenantId tenant, StreamId stream, int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            events.add(event(tenant + "/" + stream + "/" + i));
        }
        return write(tenant, stream, 0, events.toArray(NewEvent[]::new));
    }

    public static CommandRecord command(String principal, String key, String bodyHash) {
        return new CommandRecord(
                principal,
                key,
                bodyHash,
                "NoteIt",
                Payload.ofUtf8("{\"body\":\"" + bodyHash + "\"}"),
                Instant.parse("2026-01-31T12:00:00.123456Z"),
                List.of(new StreamVersion(INVOICE, 0), new StreamVersion(PERIOD, 3)),
                null);
    }

    public static CommandRecord refused(String principal, String key, String bodyHash, String code) {
        CommandRecord asked = command(principal, key, bodyHash);
        return new CommandRecord(
                principal,
                key,
                bodyHash,
                asked.type(),
                asked.body(),
                asked.decidedAt(),
                asked.reads(),
                Payload.ofUtf8(code));
    }
}
