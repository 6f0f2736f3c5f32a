package dev.vextrus.rollout.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one phase.
 *
 * @param phase counted from 0
 * @param from when its weight went into force
 * @param to when it ended; null while it lasts
 * @param observed bake time, watched
 * @param stable the phase's traffic on stable
 * @param canary the phase's traffic on the canary
 */
public record PhaseRecord(
        int phase,
        Instant from,
        @Nullable Instant to,
        Duration observed,
        boolean extended,
        Tally stable,
        Tally canary) {

    static PhaseRecord begun(int phase, Instant at) {
        return new PhaseRecord(phase, at, null, Duration.ZERO, false, Tally.NONE, Tally.NONE);
    }

    PhaseRecord baked(Duration more) {
        return new PhaseRecord(phase, from, to, observed.plus(more), extended, stable, canary);
    }

    PhaseRecord ended(Instant at) {
        return to != null ? this : new PhaseRecord(phase, from, at, observed, extended, stable, canary);
    }

    PhaseRecord extend() {
        return new PhaseRecord(phase, from, to, observed, true, stable, canary);
    }

    PhaseRecord plus(Tally moreStable, Tally moreCanary) {
        return new PhaseRecord(phase, from, to, observed, extended, stable.plus(moreStable), canary.plus(moreCanary));
    }
}
