package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;

/**
 * A stored command with its outcome.
 *
 * @param sequence order of commit over all tenants, 1 and up
 * @param firstPosition of the events it wrote; 0 where it was refused
 * @param lastPosition of the events it wrote; the log's head at that time where it was refused
 * @param release that decided it
 */
public record RecordedCommand(
        long sequence, TenantId tenant, CommandRecord command, long firstPosition, long lastPosition, String release) {}
