package dev.vextrus.finance.codec;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.finance.command.FinanceEvent;
import java.util.SortedSet;

/**
 * Events as stored bytes and back. A release writes one version of each type and reads all that were ever written;
 * stored bytes are never rewritten.
 */
public interface EventCodec {

    Encoded encode(FinanceEvent event);

    /**
     * The event as this release understands it, brought up from older schema versions.
     *
     * @throws UnreadableEvent if this release does not know that type at that version, or the bytes are not one
     */
    FinanceEvent decode(String type, int schemaVersion, Payload payload);

    /** What {@link #decode} accepts. */
    SortedSet<EventVersion> reads();

    /** What {@link #encode} gives. */
    SortedSet<EventVersion> writes();

    /** An event's stored form. */
    record Encoded(EventVersion version, Payload payload) {}
}
