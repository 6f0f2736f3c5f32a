package dev.vextrus.finance.handling;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vextrus.finance.command.Known.At;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.StreamKey;
import dev.vextrus.kernel.TenantId;

/**
 * The newest states this process knows of. One may be behind, since other processes append too: the append finds that
 * out by versions and guards, and nothing is refused before it was looked at afresh.
 */
final class CurrentStates {
    private static final int MAX_STATES = 10_000;

    private final Folding folding;
    private final Cache<Key, At> cache =
            Caffeine.newBuilder().maximumSize(MAX_STATES).build();

    CurrentStates(Folding folding) {
        this.folding = folding;
    }

    /** From the cache where it is there. */
    At lookUp(TenantId tenant, Ref<?> stream) {
        At cached = cache.getIfPresent(key(tenant, stream));
        return cached != null ? cached : refresh(tenant, stream);
    }

    /** The newest committed state. */
    At refresh(TenantId tenant, Ref<?> stream) {
        At cached = cache.getIfPresent(key(tenant, stream));
        At newest = cached == null
                ? folding.load(tenant, stream, Long.MAX_VALUE)
                : folding.extend(tenant, stream, cached, Long.MAX_VALUE);
        remember(tenant, stream, newest);
        return newest;
    }

    /** What a command that read the stream has just made of it. */
    void advanced(TenantId tenant, Ref<?> stream, At from, At to) {
        remember(tenant, stream, to);
        folding.snapshotIfDue(tenant, stream, from.version(), to);
    }

    private void remember(TenantId tenant, Ref<?> stream, At state) {
        // A stream without events may be anybody's mistyped id: not worth the room.
        if (state.version() > 0) {
            cache.asMap().merge(key(tenant, stream), state, (a, b) -> a.version() >= b.version() ? a : b);
        }
    }

    private static Key key(TenantId tenant, Ref<?> stream) {
        return new Key(tenant, stream.key(), stream.fold().version());
    }

    private record Key(TenantId tenant, StreamKey stream, String fold) {}
}
