package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks the log in its order and checks each tenant's chain of hashes; not safe for use by several threads. */
public final class ChainVerifier {
    private record Link(long position, Payload hash) {}

    private final Map<TenantId, Link> links = new HashMap<>();
    private final Function<TenantId, Payload> trusted;
    private final long begin;
    private long upTo;
    private long events;
    private @Nullable ChainBreak broken;
    private long previousOfBroken;

    /**
     * @param afterPosition where the walk begins
     * @param trusted the link of a tenant's last event up to there
     */
    public ChainVerifier(long afterPosition, Function<TenantId, Payload> trusted) {
        this.begin = afterPosition;
        this.upTo = afterPosition;
        this.trusted = trusted;
    }

    /**
     * @param event the next of the log
     * @param hash stored with it
     */
    public void next(RecordedEvent event, Payload hash) {
        events++;
        upTo = event.position();
        Link previous = links.computeIfAbsent(event.tenant(), tenant -> new Link(begin, trusted.apply(tenant)));
        if (broken == null && !ChainHash.of(previous.hash, event).equals(hash)) {
            broken = new ChainBreak(event.position(), event.tenant(), ChainBreak.Kind.HASH);
            previousOfBroken = previous.position;
        }
        links.put(event.tenant(), new Link(event.position(), hash));
    }

    /** Position of the event before the broken one in its chain, as far as the walk has seen it. */
    public long previousOfBroken() {
        return previousOfBroken;
    }

    public ChainReport report() {
        return new ChainReport(upTo, events, broken);
    }
}
