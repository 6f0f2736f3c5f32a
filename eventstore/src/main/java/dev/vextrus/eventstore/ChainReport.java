package dev.vextrus.eventstore;

import java.util.OptionalLong;

/**
 * The outcome of verifying the hash chains.
 *
 * @param upTo position of the last event that was read; where to begin next time
 * @param events that were read
 * @param firstBroken position of the first event whose stored bytes or columns do not hash to what the chain says
 */
public record ChainReport(long upTo, long events, OptionalLong firstBroken) {

    public boolean ok() {
        return firstBroken.isEmpty();
    }
}
