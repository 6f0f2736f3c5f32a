package dev.vextrus.rollout.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a canary that was ready has not been. What takes stable's readiness too, such as a database that is away, is no
 * fault of the canary's, and the two need not recover in the same moment.
 *
 * @param looks consecutive looks at which a once ready canary instance was not ready, while stable was
 * @param countedAt when the last of them was counted; null where there is none
 * @param stableAt when stable was last seen not to be ready either; null if it never was
 */
public record Unready(
        int looks, @Nullable Instant countedAt, @Nullable Instant stableAt) {
    /** However often one looks: an answer about readiness may take as long as this to come. */
    static final Duration APART = Duration.ofSeconds(2);

    static final Unready NONE = new Unready(0, null, null);

    /**
     * After a look.
     *
     * @param canary whether an instance of it was ready and is not
     * @param stable the same of the stable release
     * @param grace how long after stable's own trouble the canary may take to recover from the same
     */
    Unready look(boolean canary, boolean stable, Instant now, Duration grace) {
        Instant shared = stable ? now : stableAt;
        boolean excused = shared != null && Duration.between(shared, now).compareTo(grace) <= 0;
        if (!canary || excused) {
            return new Unready(0, null, shared);
        }
        boolean soon = countedAt != null && Duration.between(countedAt, now).compareTo(APART) < 0;
        return soon ? new Unready(looks, countedAt, shared) : new Unready(looks + 1, now, shared);
    }
}
