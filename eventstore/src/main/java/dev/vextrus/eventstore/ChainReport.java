package dev.vextrus.eventstore;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of verifying the hash chains.
 *
 * @param upTo position of the last event that was read; where to begin next time
 * @param events that were read
 * @param broken the first break by position; null where every chain is intact
 */
public record ChainReport(long upTo, long events, @Nullable ChainBreak broken) {

    public boolean ok() {
        return broken == null;
    }

    /** Position of the first event whose stored bytes or columns do not hash to what the chain says. */
    public OptionalLong firstBroken() {
        return broken == null ? OptionalLong.empty() : OptionalLong.of(broken.position());
    }
}
