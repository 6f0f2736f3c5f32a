package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rollout.planfile.Reading;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The plan that a resource asks for: of a rollout that is to begin, and of one that runs while somebody edits. */
final class PlanOfSpec {
    private final Undo undo;

    PlanOfSpec(Undo undo) {
        this.undo = undo;
    }

    /** @throws IllegalArgumentException if the resource cannot be carried out, with the fields and the remedies */
    RolloutPlan first(PhasedRollout resource, ReleaseSpec stable, ReleaseSpec canary) {
        int replicas = resource.getSpec().wantedReplicas();
        return undo.planFor(valid(Desired.plan(resource, stable, canary, replicas)));
    }

    /**
     * As the resource says it now; empty where there is nothing left to roll out.
     *
     * @throws IllegalArgumentException if it cannot be read, with the field and the remedy
     */
    Optional<RolloutPlan> now(PhasedRollout resource, Controller running, Revision wanted) {
        RolloutPlan plan = running.plan();
        boolean stableAgain = wanted.hash().equals(ReleaseOfTemplate.hash(plan.stable()));
        if (stableAgain) {
            return running.state().stage().kind().ended() ? Optional.empty() : Optional.of(plan);
        }
        boolean same = wanted.hash().equals(ReleaseOfTemplate.hash(plan.canary()));
        if (same && undo.derived(plan)) {
            return Optional.of(plan);
        }
        ReleaseSpec canary = same ? plan.canary() : wanted.release();
        return Optional.of(valid(Desired.plan(resource, plan.stable(), canary, plan.stableReplicas())));
    }

    private static RolloutPlan valid(Reading<RolloutPlan> reading) {
        return switch (reading) {
            case Reading.Valid<RolloutPlan>(RolloutPlan plan) -> plan;
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) ->
                throw new IllegalArgumentException(
                        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        };
    }
}
