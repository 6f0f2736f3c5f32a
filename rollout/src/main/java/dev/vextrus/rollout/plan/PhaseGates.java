package dev.vextrus.rollout.plan;

/**
 * What must hold when a bake ends.
 *
 * @param maxErrorRate share of the canary's requests that may have failed in the bake, 0 to 1
 * @param maxP95Millis bound of the canary's 95th percentile
 * @param approval whether a person must promote, however good the figures
 */
public record PhaseGates(double maxErrorRate, int maxP95Millis, boolean approval) {
    /** SPEC R5: 0.5 %, and 500 ms in the first week. */
    public static final PhaseGates FIRST_WEEK = new PhaseGates(0.005, 500, false);
    /** SPEC R5: 0.5 %, and 300 ms from the second week on. */
    public static final PhaseGates LATER_WEEKS = new PhaseGates(0.005, 300, false);
}
