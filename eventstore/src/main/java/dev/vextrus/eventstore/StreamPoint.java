package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;

/** What names an event of the log: the version that it gave to a tenant's stream. */
public record StreamPoint(TenantId tenant, StreamId stream, long version) {}
