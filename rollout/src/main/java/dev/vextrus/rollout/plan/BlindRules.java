package dev.vextrus.rollout.plan;

import java.time.Duration;

/**
 * What happens when nobody can see how the canary does.
 *
 * @param maxGap a longer time between two looks is a gap: it does not count as bake, and a fresh verdict must follow
 * @param pageAfter blind time after which a person is called
 * @param maxBlind blind time after which the rollout goes back
 * @param goBack where to
 * @param freshFor observed time that a fresh verdict needs after a gap
 * @param maxSilence time for which a gate before the first traffic waits for an answer, before the release is refused
 */
public record BlindRules(
        Duration maxGap, Duration pageAfter, Duration maxBlind, GoBack goBack, Duration freshFor, Duration maxSilence) {

    /** Where a blind rollout goes back to. */
    public enum GoBack {
        /** All the way: a rollback with reason METRICS_MISSING. */
        STABLE,
        /** One phase; from the first phase to stable. */
        ONE_PHASE
    }

    public static final BlindRules DEFAULTS = new BlindRules(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            GoBack.STABLE,
            Duration.ofMinutes(1),
            Duration.ofMinutes(30));
}
