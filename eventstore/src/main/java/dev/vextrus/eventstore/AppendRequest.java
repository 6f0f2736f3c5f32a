package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one command changes, carried out wholly or not at all.
 *
 * @param writes of distinct streams; empty exactly where {@code command} records a refusal
 * @param guards streams that must still have the named version; lifecycle streams only (period, account), never one
 *     that postings append to
 */
public record AppendRequest(
        TenantId tenant,
        List<StreamWrite> writes,
        List<StreamVersion> guards,
        Metadata metadata,
        @Nullable CommandRecord command) {

    public AppendRequest {
        writes = List.copyOf(writes);
        guards = List.copyOf(guards);
        boolean refused = command != null && command.refusal() != null;
        if (writes.isEmpty() != refused) {
            throw new IllegalArgumentException(
                    refused ? "append: a refused command writes nothing" : "append: nothing to write");
        }
        if (writes.stream().map(StreamWrite::stream).distinct().count() != writes.size()) {
            throw new IllegalArgumentException("append: names a stream twice");
        }
    }
}
