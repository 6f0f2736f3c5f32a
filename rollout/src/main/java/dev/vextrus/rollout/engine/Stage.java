package dev.vextrus.rollout.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a rollout is. {@link StageKind} holds what may follow. Phases are counted from 0.
 */
public sealed interface Stage {

    StageKind kind();

    /** A stage of one phase. */
    sealed interface InPhase extends Stage {
        int phase();
    }

    /** Recorded, not begun. */
    record Pending() implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.PENDING;
        }
    }

    /** The checklist before anything moves: target and metrics answer, stable is ready and recorded. */
    record Preflight() implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.PREFLIGHT;
        }
    }

    /** The canary's first instance starts, without traffic. */
    record Staging() implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.STAGING;
        }
    }

    /** The canary's read model is built and it decides recorded commands again, without traffic. */
    record Preparing() implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.PREPARING;
        }
    }

    /** The phase's replicas start. */
    record Scaling(int phase) implements InPhase {
        @Override
        public StageKind kind() {
            return StageKind.SCALING;
        }
    }

    /** The phase's weight goes into force. */
    record Shifting(int phase) implements InPhase {
        @Override
        public StageKind kind() {
            return StageKind.SHIFTING;
        }
    }

    /** The canary answers for itself at its new size. */
    record Smoking(int phase) implements InPhase {
        @Override
        public StageKind kind() {
            return StageKind.SMOKING;
        }
    }

    /**
     * The canary serves and is watched.
     *
     * @param observed bake time so far: time that was watched, not time that passed
     */
    record Baking(int phase, Duration observed) implements InPhase {
        @Override
        public StageKind kind() {
            return StageKind.BAKING;
        }
    }

    /** The bake is over; the gates are looked at, and the next phase's start may be waited for. */
    record Gating(int phase) implements InPhase {
        @Override
        public StageKind kind() {
            return StageKind.GATING;
        }
    }

    /**
     * A gate was not met: the bake goes on until all are, at most for the plan's extension.
     *
     * @param observed watched time of the extension
     */
    record Extended(int phase, Duration observed) implements InPhase {
        @Override
        public StageKind kind() {
            return StageKind.EXTENDED;
        }
    }

    /** Only a person can go on from here. */
    record AwaitingApproval(int phase, String why) implements InPhase {
        @Override
        public StageKind kind() {
            return StageKind.AWAITING_APPROVAL;
        }
    }

    /** A person stopped the clock. */
    record Paused(Stage resumeTo) implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.PAUSED;
        }
    }

    /**
     * No weight rises and no bake time counts until the cause is gone.
     *
     * @param paged whether a person was called
     */
    record Holding(HoldCause cause, Instant from, boolean paged, InPhase resumeTo) implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.HOLDING;
        }
    }

    /** All phases passed: the canary becomes the stable one, the old release drains and stops. */
    record Completing(Winding step) implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.COMPLETING;
        }
    }

    record Completed() implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.COMPLETED;
        }
    }

    /** Back to stable; why stands in {@link Ending}. */
    record RollingBack(Winding step) implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.ROLLING_BACK;
        }
    }

    record RolledBack() implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.ROLLED_BACK;
        }
    }

    /** Ended before the canary had any traffic; why stands in {@link Ending}. */
    record Refused() implements Stage {
        @Override
        public StageKind kind() {
            return StageKind.REFUSED;
        }
    }

    /** Why a rollout holds. */
    enum HoldCause {
        /** Nobody can see how the traffic does. */
        METRICS_MISSING,
        /** Both tracks suffer alike. */
        SHARED_OUTAGE,
        /** The canary has had no request for long, so nothing is learned. */
        NO_TRAFFIC,
        /** Requests do not go where the routing sends them, so no comparison holds. */
        MISROUTED
    }

    /** The order in which a colour is taken out of service. */
    enum Winding {
        /** Under proportional capacity, stable first grows back. */
        CAPACITY,
        /** Weight away: the one action that users feel. */
        WEIGHT,
        DRAIN,
        EVIDENCE,
        STOP,
        /** The release that stays is asked to prove its data, where it offers that. */
        VERIFY
    }
}
