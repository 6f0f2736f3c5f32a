package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Walks the log in its order and checks each tenant's chain of hashes; not safe for use by several threads. */
public final class ChainVerifier {
    private final Map<TenantId, Payload> links = new HashMap<>();
    private long events;
    private long firstBroken;

    /**
     * @param event the next of the log
     * @param hash stored with it
     */
    public void next(RecordedEvent event, Payload hash) {
        events++;
        Payload previous = links.getOrDefault(event.tenant(), ChainHash.GENESIS);
        if (firstBroken == 0 && !ChainHash.of(previous, event).equals(hash)) {
            firstBroken = event.position();
        }
        links.put(event.tenant(), hash);
    }

    public ChainReport report() {
        return new ChainReport(events, firstBroken == 0 ? OptionalLong.empty() : OptionalLong.of(firstBroken));
    }
}
