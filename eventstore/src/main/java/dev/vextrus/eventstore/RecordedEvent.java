package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A stored event.
 *
 * @param position its place in the one order of the log, which is the order of commit; 1 and up, holes allowed
 * @param version its place in its stream; 1 and up, contiguous
 * @param number drawn from the series that {@link NewEvent#series()} named
 * @param release the release that wrote it
 * @param recordedAt the writer's clock in whole microseconds; order is by position, never by this
 */
public record RecordedEvent(
        long position,
        TenantId tenant,
        StreamId stream,
        long version,
        UUID id,
        String type,
        int schemaVersion,
        Payload payload,
        OptionalLong number,
        Metadata metadata,
        String release,
        Instant recordedAt) {}
