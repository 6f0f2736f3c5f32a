package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored event.
 *
 * @param position its place in the one order of the log, which is the order of commit; 1 and up, holes allowed
 * @param version its place in its stream; 1 and up, contiguous
 * @param series that {@link NewEvent#series()} named
 * @param number drawn from that series, present exactly where there is one
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
        @Nullable String series,
        OptionalLong number,
        Metadata metadata,
        String release,
        Instant recordedAt) {}
