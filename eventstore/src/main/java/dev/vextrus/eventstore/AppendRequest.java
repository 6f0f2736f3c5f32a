package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one command changes, carried out wholly or not at all.
 *
 * @param writes empty only where {@code command} records a refusal
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
        if (writes.isEmpty() && (command == null || command.refusal() == null)) {
            throw new IllegalArgumentException("append: nothing to write and no refusal to record");
        }
    }
}
