package dev.vextrus.rollout.plan;

import dev.vextrus.rollout.analysis.AnalysisSettings;
import java.time.Duration;
import java.util.List;

/**
 * A whole plan, checked: what a running rollout follows, whatever happens to the file it came from.
 *
 * @param target kind of target, such as {@code local}
 * @param stableReplicas ready replicas that stable keeps under {@link Capacity#FULL}
 * @param startEvery least time between the starts of two phases; zero for none
 * @param notifications where to tell people, one address each
 */
public record RolloutPlan(
        String name,
        String target,
        ReleaseSpec stable,
        ReleaseSpec canary,
        List<Phase> phases,
        int stableReplicas,
        Duration startEvery,
        Capacity capacity,
        RollbackRules rollback,
        BlindRules blind,
        CohortRules cohorts,
        Looks looks,
        AnalysisSettings analysis,
        List<String> notifications) {

    public RolloutPlan {
        phases = List.copyOf(phases);
        notifications = List.copyOf(notifications);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("phases: a plan needs at least one phase");
        }
    }

    /** @param index 0 for the first */
    public Phase phase(int index) {
        return phases.get(index);
    }

    public boolean isLast(int index) {
        return index == phases.size() - 1;
    }

    /** Ready replicas of stable that a phase asks for. */
    public int stableReplicasIn(int index) {
        return switch (capacity) {
            case FULL -> stableReplicas;
            case PROPORTIONAL -> phases.get(index).stableReplicas();
        };
    }
}
