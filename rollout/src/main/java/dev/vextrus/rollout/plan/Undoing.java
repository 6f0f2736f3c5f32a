package dev.vextrus.rollout.plan;

import java.time.Duration;
import java.util.List;

/** Going back to an earlier release after a promotion: a rollout like any other, in one phase. */
public final class Undoing {
    private static final Duration BAKE = Duration.ofHours(1);

    private Undoing() {}

    /**
     * A plan that brings {@code wanted} back over {@code serving}, by the rules of {@code last}. Its gates before the first
     * traffic stand, so a release that cannot read what was written meanwhile is not brought back unnoticed.
     *
     * @param last the plan of the last rollout
     */
    public static RolloutPlan plan(RolloutPlan last, ReleaseSpec serving, ReleaseSpec wanted) {
        Phase full = last.phases().getLast();
        Duration bake = full.bake().compareTo(BAKE) < 0 ? full.bake() : BAKE;
        PhaseGates gates = new PhaseGates(
                full.gates().maxErrorRate(), full.gates().maxP95Millis(), PhaseGates.Wanted.NOT_HARMFUL, false);
        return new RolloutPlan(
                last.name(),
                last.target(),
                serving,
                wanted,
                List.of(new Phase(1, 100, full.replicas(), full.stableReplicas(), bake, gates)),
                last.stableReplicas(),
                Duration.ZERO,
                last.capacity(),
                last.rollback(),
                last.blind(),
                last.cohorts(),
                last.looks(),
                last.analysis().withPlannedSeconds(Math.max(1, bake.toSeconds())),
                last.notifications());
    }
}
