package dev.vextrus.eventstore.contract;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests drawn from a seed: most fit the log as it stands, some conflict, repeat, reuse a key or cannot be stored. */
public final class RandomRequests {
    private static final int STREAMS = 6;
    private final Random random;
    private int made;

    public RandomRequests(long seed) {
        this.random = new Random(seed);
    }

    public AppendRequest next(EventStore log) {
        TenantId tenant = random.nextBoolean() ? Samples.ACME : Samples.GLOBEX;
        CommandRecord command = random.nextInt(3) == 0 ? null : command();
        if (command != null && random.nextInt(8) == 0) {
            return Samples.request(tenant, List.of(), List.of(), refused(command));
        }
        int first = random.nextInt(STREAMS);
        List<StreamWrite> writes = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            StreamId stream = stream((first + i) % STREAMS);
            writes.add(new StreamWrite(stream, nearVersion(log, tenant, stream), events()));
        }
        List<StreamVersion> guards = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            StreamId stream = stream(random.nextInt(STREAMS));
            guards.add(new StreamVersion(stream, nearVersion(log, tenant, stream)));
        }
        return Samples.request(tenant, writes, guards, command);
    }

    private CommandRecord command() {
        // Few keys and bodies, so that they meet again.
        return Samples.command("user-" + random.nextInt(2), "key-" + random.nextInt(60), "hash-" + random.nextInt(2));
    }

    private static CommandRecord refused(CommandRecord command) {
        return Samples.refused(command.principal(), command.key(), command.bodyHash(), "NO");
    }

    private List<NewEvent> events() {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            byte[] payload = new byte[random.nextInt(300)];
            random.nextBytes(payload);
            String type = random.nextInt(25) == 0 ? "B\0d" : "Type" + random.nextInt(5);
            events.add(new NewEvent(new UUID(random.nextLong(), ++made), type, 1, Payload.of(payload), series()));
        }
        return events;
    }

    private @Nullable String series() {
        return random.nextInt(3) == 0 ? "series-" + random.nextInt(2) : null;
    }

    private static StreamId stream(int number) {
        return StreamId.of("stream", Integer.toString(number));
    }

    private long nearVersion(EventStore log, TenantId tenant, StreamId stream) {
        List<RecordedEvent> events = log.readStream(tenant, stream, 0, Long.MAX_VALUE);
        int off = random.nextInt(10) == 0 ? random.nextInt(3) - 1 : 0;
        return Math.max(0, events.size() + off);
    }
}
