package dev.vextrus.finance.integrity;

import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamPoint;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.eventstore.postgres.EventLogSchema;
import dev.vextrus.eventstore.postgres.PostgresEventStore;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Streams that all come back after they were forgotten: the log asked for each by itself, and for those of a batch. */
public final class SequencesBenchmark {
    private static final TenantId TENANT = TenantId.of("acme");
    private static final int PAGE = 5_000;
    private static final int WRITES = 500;

    private SequencesBenchmark() {}

    /** @param arguments streams (80,000; no fewer, since 65,536 are remembered) */
    public static void main(String[] arguments) throws Exception {
        int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 80_000;
        Path folder = Files.createTempDirectory("vextrus-sequences");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
            Roles roles = Roles.provision(server);
            EventLogSchema.migrate(roles.dataSource(Role.OWNER));
            var sources = new PostgresEventStore.Sources(
                    roles.dataSource(Role.APPENDER), roles.dataSource(Role.PROJECTOR), roles.dataSource(Role.READER));
            try (EventStore store = new PostgresEventStore(sources, "1.0.0", InstantSource.system())) {
                for (int version = 0; version < 2; version++) {
                    for (int from = 0; from < streams; from += WRITES) {
                        write(store, from, version);
                    }
                }
                System.out.printf("%d streams, two events each%n", streams);
                measure("reading alone", store, page -> {});
                measure("asked by batch", store, checking(store::positions));
                measure("asked one by one", store, checking(points -> oneByOne(store, points)));
            }
        }
    }

    private static void write(EventStore store, int from, int version) {
        List<StreamWrite> writes = new ArrayList<>();
        for (int stream = from; stream < from + WRITES; stream++) {
            NewEvent event = new NewEvent(new UUID(version, stream), "Noted", 1, Payload.ofUtf8("{}"), null);
            writes.add(new StreamWrite(StreamId.of("entry", Integer.toString(stream)), version, List.of(event)));
        }
        Metadata metadata = new Metadata(Actor.of("ann"), new UUID(0, 7), null);
        store.append(new AppendRequest(TENANT, writes, List.of(), metadata, null))
                .join();
    }

    private static Consumer<List<RecordedEvent>> checking(Sequences.Places places) {
        Tally gaps = new Tally("no-gaps");
        Sequences sequences = new Sequences(gaps, places);
        return page -> {
            sequences.apply(page);
            if (!gaps.toCheck().ok()) {
                throw new IllegalStateException("a sound log is said not to be: " + gaps.toCheck());
            }
        };
    }

    private static void measure(String what, EventStore store, Consumer<List<RecordedEvent>> check) {
        long begin = System.nanoTime();
        for (List<RecordedEvent> page = store.readLog(0, PAGE);
                !page.isEmpty();
                page = store.readLog(page.getLast().position(), PAGE)) {
            check.accept(page);
        }
        System.out.printf("%s: %d ms%n", what, (System.nanoTime() - begin) / 1_000_000);
    }

    private static Map<StreamPoint, List<Long>> oneByOne(EventStore store, Collection<StreamPoint> points) {
        Map<StreamPoint, List<Long>> found = new HashMap<>();
        for (StreamPoint point : points) {
            if (!found.containsKey(point)) {
                for (RecordedEvent event : store.readStream(
                        point.tenant(), point.stream(), Math.max(0, point.version() - 2), point.version())) {
                    StreamPoint at = new StreamPoint(event.tenant(), event.stream(), event.version());
                    found.put(at, List.of(event.position()));
                }
            }
        }
        return found;
    }
}
