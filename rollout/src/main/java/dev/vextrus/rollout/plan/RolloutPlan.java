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

    /**
     * The same plan for a workload that has another size by now: each phase keeps its share of the replicas, rounded up.
     *
     * @param replicas of the workload, at least 1
     * @throws IllegalArgumentException if {@code replicas} is below 1
     */
    public RolloutPlan sizedFor(int replicas) {
        if (replicas < 1) {
            throw new IllegalArgumentException("replicas: " + replicas + " is below 1");
        }
        return replicas == stableReplicas
                ? this
                : new RolloutPlan(
                        name,
                        target,
                        stable,
                        canary,
                        phases.stream()
                                .map(phase -> phase.sized(replicas, stableReplicas))
                                .toList(),
                        replicas,
                        startEvery,
                        capacity,
                        rollback,
                        blind,
                        cohorts,
                        looks,
                        analysis,
                        notifications);
    }

    /** Ready replicas of stable that a phase asks for. */
    public int stableReplicasIn(int index) {
        return switch (capacity) {
            case FULL -> stableReplicas;
            case PROPORTIONAL -> phases.get(index).stableReplicas();
        };
    }
}
