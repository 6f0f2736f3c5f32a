package dev.vextrus.rollout.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stable, which stays warm until the end, says of the parts that both releases lean on. Where all traffic is the
 * canary's, nobody else can tell an outage of the database from a release that fails.
 *
 * @param heardAt when stable last answered, or could not; null before it was asked
 * @param offers whether it told anything then
 * @param downAt when it last named a part that was down; null if it never did
 * @param accusedAt since when the canary stands accused and stable is yet to be heard; null where it does not
 */
public record Witness(
        @Nullable Instant heardAt,
        boolean offers,
        @Nullable Instant downAt,
        @Nullable Instant accusedAt) {
    static final Witness NONE = new Witness(null, false, null, null);

    Witness heard(Instant now, boolean told, boolean down) {
        return new Witness(now, told, down ? now : downAt, accusedAt);
    }

    Witness accused(@Nullable Instant since) {
        return new Witness(heardAt, offers, downAt, since);
    }
}
