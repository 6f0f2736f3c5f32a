package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Walks the log in its order and checks each tenant's chain of hashes; not safe for use by several threads. */
public final class ChainVerifier {
    private final Map<TenantId, Payload> links = new HashMap<>();
    private final Function<TenantId, Payload> trusted;
    private long upTo;
    private long events;
    private long firstBroken;

    /**
     * @param afterPosition where the walk begins
     * @param trusted the link of a tenant's last event up to there
     */
    public ChainVerifier(long afterPosition, Function<TenantId, Payload> trusted) {
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
        Payload previous = links.computeIfAbsent(event.tenant(), trusted);
        if (firstBroken == 0 && !ChainHash.of(previous, event).equals(hash)) {
            firstBroken = event.position();
        }
        links.put(event.tenant(), hash);
    }

    public ChainReport report() {
        return new ChainReport(upTo, events, firstBroken == 0 ? OptionalLong.empty() : OptionalLong.of(firstBroken));
    }
}
