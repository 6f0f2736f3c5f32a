package dev.vextrus.eventstore;

import dev.vextrus.kernel.TenantId;

/**
 * Where a tenant's hash chain is broken first.
 *
 * @param position of the event that does not bear out its chain; of the last one that should be there for a cut tail
 */
public record ChainBreak(long position, TenantId tenant, Kind kind) {

    /** What was done to the chain. */
    public enum Kind {
        /** The event's bytes or another column of it are not what was hashed when it was written. */
        HASH("what is stored is not what was written"),
        /** An event before it is missing. */
        GAP("an event before it is missing"),
        /** The chain ends too early. */
        TAIL("the events up to it are missing");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** In a few words. */
        public String meaning() {
            return meaning;
        }
    }
}
