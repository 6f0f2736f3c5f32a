package dev.vextrus.eventstore;

import java.util.List;

/**
 * Events for one stream.
 *
 * @param expectedVersion the version the stream must have: 0 where it must not exist yet
 * @param events at least one
 */
public record StreamWrite(StreamId stream, long expectedVersion, List<NewEvent> events) {

    public StreamWrite {
        events = List.copyOf(events);
        if (events.isEmpty() || expectedVersion < 0) {
            throw new IllegalArgumentException("write: needs an event and an expected version of 0 or more");
        }
    }
}
