package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Stage.InPhase;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps both colours as large as the phase asks for: stable shrinks with each weight under proportional capacity, and an
 * autoscaler may want another size of the whole at any time. Nobody is blamed for it, and no clock stops.
 */
final class Sizing {
    private Sizing() {}

    static void keep(Draft draft) {
        TargetView target = draft.seen.target();
        InPhase at = inPhase(draft.state.stage());
        if (target == null || at == null) {
            return;
        }
        Roles roles = draft.state.roles();
        order(draft, target, roles.stable(), stable(draft, at));
        boolean grown = !(at instanceof Stage.Scaling) && shifted(draft, at);
        // Who takes the canary's instances away wants it gone; that is no size to be put right.
        if (grown && target.desired(roles.canary()) > 0) {
            order(draft, target, roles.canary(), draft.plan.phase(at.phase()).replicas());
        }
    }

    private static void order(Draft draft, TargetView target, Color color, int replicas) {
        if (target.desired(color) != replicas) {
            draft.act(new Action.Deploy(color, color == draft.state.roles().canary(), replicas));
        }
    }

    /** Until the phase's weight is in force, stable serves what it served in the phase before. */
    private static int stable(Draft draft, InPhase at) {
        RolloutPlan plan = draft.plan;
        int after = plan.stableReplicasIn(at.phase());
        boolean risen = !(at instanceof Stage.Scaling) && !(at instanceof Stage.Shifting) && shifted(draft, at);
        if (risen) {
            return after;
        }
        int before = at.phase() == 0 ? plan.stableReplicas() : plan.stableReplicasIn(at.phase() - 1);
        return Math.max(before, after);
    }

    private static boolean shifted(Draft draft, InPhase at) {
        return draft.state.routing().weight() == draft.plan.phase(at.phase()).weight();
    }

    private static @Nullable InPhase inPhase(Stage stage) {
        return switch (stage) {
            case InPhase in -> in;
            case Stage.Paused(Stage resumeTo) -> inPhase(resumeTo);
            case Stage.Holding(Stage.HoldCause _, Instant _, boolean _, InPhase resumeTo) -> resumeTo;
            default -> null;
        };
    }
}
