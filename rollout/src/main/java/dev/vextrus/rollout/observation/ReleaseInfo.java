package dev.vextrus.rollout.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a release says of itself.
 *
 * @param readModel version of the read model it owns; null where it has none
 * @param head newest position of the log
 * @param reads event types and versions it understands, such as {@code InvoiceApproved@1}
 * @param writes event types and versions it may write
 */
public record ReleaseInfo(
        String version, @Nullable String readModel, long head, List<String> reads, List<String> writes) {

    public ReleaseInfo {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }
}
