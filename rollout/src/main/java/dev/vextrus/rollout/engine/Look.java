package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Color;
import java.util.List;

/** Something the next step wants to know beyond target and traffic, which are always looked at. */
public sealed interface Look {

    /** What both releases say of themselves. */
    record Releases(Color stable, Color canary) implements Look {}

    record Integrity(Color color) implements Look {}

    /** What a release says of the parts that it leans on. */
    record Health(Color color) implements Look {}

    record ReadModel(Color canary) implements Look {}

    record Parity(Color stable, Color canary, long after, int limit) implements Look {}

    /**
     * Recorded commands after a cursor, as recorded and as the release that did not record them decides them today.
     *
     * @param canaryVersion tells whose they are
     */
    record Decisions(Color stable, Color canary, String canaryVersion, long after, int limit) implements Look {}

    /** The events of differing commands in full; {@code decidedBy} of each is who decides again. */
    record DecisionDetails(Color recordedFrom, Color decidedBy, List<Long> sequences) implements Look {}

    /** Both releases' facts of a tenant whose digests differ. */
    record Facts(Color stable, Color canary, long position, String tenant) implements Look {}
}
