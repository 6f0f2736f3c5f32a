package dev.vextrus.finance.handling;

import dev.vextrus.finance.codec.EventVersion;
import dev.vextrus.kernel.TenantId;

/**
 * A stream that holds an event which this release cannot read: it takes no commands here, all others go on.
 *
 * @param position of the first event that could not be read
 */
public record QuarantinedStream(TenantId tenant, String stream, long position, EventVersion event, String message) {}
