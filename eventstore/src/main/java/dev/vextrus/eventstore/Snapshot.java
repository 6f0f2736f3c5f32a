package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;

/**
 * A stream's folded state at a version, a cache that may be lost at any time.
 *
 * @param foldVersion names the fold that made it; a reader with another fold never sees it
 */
public record Snapshot(TenantId tenant, StreamId stream, long version, String foldVersion, Payload state) {}
