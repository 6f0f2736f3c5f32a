package dev.vextrus.rollout.plan;

/**
 * What must hold when a bake ends.
 *
 * @param maxErrorRate share of the canary's requests that may have failed in the phase, 0 to 1
 * @param maxP95Millis bound of the canary's 95th percentile in the phase
 * @param verdict what the statistical verdict must have come to
 * @param approval whether a person must promote, however good the figures
 */
public record PhaseGates(double maxErrorRate, int maxP95Millis, Wanted verdict, boolean approval) {

    /** What the statistical verdict must have come to. */
    public enum Wanted {
        /** Shown to be safe: needs some 920 faultless canary requests over all phases at the defaults. */
        SAFE,
        /** Not shown to be harmful: for early phases with little traffic. */
        NOT_HARMFUL
    }

    /** SPEC R5: 0.5 %, and 500 ms in the first week. */
    public static final PhaseGates FIRST_WEEK = new PhaseGates(0.005, 500, Wanted.SAFE, false);
    /** SPEC R5: 0.5 %, and 300 ms from the second week on. */
    public static final PhaseGates LATER_WEEKS = new PhaseGates(0.005, 300, Wanted.SAFE, false);
}
