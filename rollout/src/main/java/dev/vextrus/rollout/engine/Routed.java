package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.cohort.Cohorts;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.CohortRules;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routings that a rollout orders. */
final class Routed {
    private Routed() {}

    /** All traffic to stable, and no canary known. */
    static Routing stableOnly(Draft draft) {
        return new Routing(draft.state.routing().epoch(), draft.state.roles().stable(), null, 0, List.of(), false);
    }

    /** All traffic to stable, while the canary finishes what it has. */
    static Routing nothingToCanary(Draft draft) {
        Roles roles = draft.state.roles();
        return new Routing(
                draft.state.routing().epoch(),
                roles.stable(),
                roles.canary(),
                0,
                List.of(),
                draft.state.routing().byTenant());
    }

    /** The canary has become the stable release. */
    static Routing promoted(Draft draft) {
        return new Routing(draft.state.routing().epoch(), draft.state.roles().canary(), null, 0, List.of(), false);
    }

    /** Where a phase sends its traffic; by tenant only where tenants are known. */
    static Routing inPhase(Draft draft, int phase, Map<String, Long> requestsByTenant) {
        Roles roles = draft.state.roles();
        double weight = draft.plan.phase(phase).weight();
        boolean byTenant = draft.plan.cohorts().mode() == CohortRules.Mode.TENANT && named(requestsByTenant);
        List<String> before = draft.state.routing().cohort();
        List<String> cohort = byTenant
                ? Cohorts.grow(requestsByTenant, before, weight, draft.plan.cohorts(), draft.state.id())
                : List.of();
        return new Routing(draft.state.routing().epoch(), roles.stable(), roles.canary(), weight, cohort, byTenant);
    }

    /**
     * Back to an earlier phase's weight; always allowed. The cohort is a prefix of the present one, in the order in which
     * tenants came in, so that the last to come are the first to go.
     *
     * @param phase counted from 0; below 0 for no traffic at all
     */
    static void lower(Draft draft, int phase) {
        if (phase < 0) {
            draft.route(nothingToCanary(draft));
            return;
        }
        Routing now = draft.state.routing();
        double weight = draft.plan.phase(phase).weight();
        List<String> cohort = now.byTenant()
                ? now.cohort().subList(0, Math.max(1, (int)
                        Math.round(now.cohort().size() * weight / now.weight())))
                : List.of();
        draft.route(new Routing(now.epoch(), now.stable(), now.canary(), weight, cohort, now.byTenant()));
    }

    private static boolean named(Map<String, Long> requestsByTenant) {
        Set<String> tenants = requestsByTenant.keySet();
        return !tenants.isEmpty() && !tenants.equals(Set.of(""));
    }
}
