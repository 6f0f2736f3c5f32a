package dev.vextrus.finance.handling;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The events that a page of commands led to, read at once: asking for them command by command, and again stream by stream,
 * took most of the time of deciding again.
 */
final class PageEvents {
    /** None at hand: everything is asked for. */
    static final PageEvents NONE = new PageEvents(List.of());

    /** A page of imports may stand for millions of events; those are asked for command by command. */
    private static final int MOST = 20_000;

    private final NavigableMap<Long, RecordedEvent> byPosition = new TreeMap<>();
    private final Map<Stream, List<RecordedEvent>> byStream = new HashMap<>();

    private record Stream(TenantId tenant, StreamId id) {}

    private PageEvents(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            byPosition.put(event.position(), event);
            byStream.computeIfAbsent(new Stream(event.tenant(), event.stream()), stream -> new ArrayList<>())
                    .add(event);
        }
    }

    static PageEvents of(EventStore store, List<RecordedCommand> page) {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (RecordedCommand command : page) {
            if (command.command().refusal() == null) {
                first = Math.min(first, command.firstPosition());
                last = Math.max(last, command.lastPosition());
            }
        }
        long most = last - first + 1;
        return most < 1 || most > MOST ? NONE : new PageEvents(store.readLog(first - 1, Math.toIntExact(most)));
    }

    /** The events of an accepted command, or empty where they have to be asked for. */
    Optional<List<RecordedEvent>> of(RecordedCommand command) {
        boolean here =
                byPosition.containsKey(command.firstPosition()) && byPosition.containsKey(command.lastPosition());
        return here
                ? Optional.of(
                        byPosition.subMap(command.firstPosition(), true, command.lastPosition(), true).values().stream()
                                .filter(event -> event.tenant().equals(command.tenant()))
                                .toList())
                : Optional.empty();
    }

    /** A stream's events after one version up to another, or empty where not all of them are here. */
    Optional<List<RecordedEvent>> of(TenantId tenant, StreamId stream, long afterVersion, long toVersion) {
        List<RecordedEvent> wanted = byStream.getOrDefault(new Stream(tenant, stream), List.of()).stream()
                .filter(event -> event.version() > afterVersion && event.version() <= toVersion)
                .toList();
        return wanted.size() == toVersion - afterVersion ? Optional.of(wanted) : Optional.empty();
    }
}
