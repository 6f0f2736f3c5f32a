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
 * @param calm its traffic since the last outage that both had; null where there was none
 */
public record PhaseRecord(
        int phase,
        Instant from,
        @Nullable Instant to,
        Duration observed,
        boolean extended,
        Tally stable,
        Tally canary,
        @Nullable Since calm) {

    /** The part of a phase that the gates judge. */
    public record Since(Tally stable, Tally canary) {
        private static final Since NOW = new Since(Tally.NONE, Tally.NONE);

        private Since plus(Tally moreStable, Tally moreCanary) {
            return new Since(stable.plus(moreStable), canary.plus(moreCanary));
        }
    }

    /** All of it, but for an outage of both and what came before. */
    Since judged() {
        return calm == null ? new Since(stable, canary) : calm;
    }

    static PhaseRecord begun(int phase, Instant at) {
        return new PhaseRecord(phase, at, null, Duration.ZERO, false, Tally.NONE, Tally.NONE, null);
    }

    /** An outage of both is over: the gates judge what comes now. */
    PhaseRecord calmed() {
        return new PhaseRecord(phase, from, to, observed, extended, stable, canary, Since.NOW);
    }

    PhaseRecord baked(Duration more) {
        return new PhaseRecord(phase, from, to, observed.plus(more), extended, stable, canary, calm);
    }

    PhaseRecord ended(Instant at) {
        return to != null ? this : new PhaseRecord(phase, from, at, observed, extended, stable, canary, calm);
    }

    PhaseRecord extend() {
        return new PhaseRecord(phase, from, to, observed, true, stable, canary, calm);
    }

    PhaseRecord plus(Tally moreStable, Tally moreCanary) {
        return new PhaseRecord(
                phase,
                from,
                to,
                observed,
                extended,
                stable.plus(moreStable),
                canary.plus(moreCanary),
                calm == null ? null : calm.plus(moreStable, moreCanary));
    }
}
