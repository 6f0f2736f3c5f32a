package dev.vextrus.rolloutkubernetes.preflight;

import dev.vextrus.rollout.plan.CohortRules;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rollout.status.PhasePower;
import dev.vextrus.rolloutkubernetes.traffic.PodShares;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be said of a plan without asking a cluster. */
final class PlanChecks {
    /** A share within so much of the wanted one, or a quarter of it, is taken as it. */
    private static final double NEAR = 0.02;

    private PlanChecks() {}

    /** Whether whole pods give the shares that the phases ask for. */
    static List<Check> weights(RolloutPlan plan, RouterChoice router) {
        if (!(router instanceof RouterChoice.ReplicaRatio)) {
            return List.of(Check.ok(Preflight.WEIGHT, "the router divides single requests: every share can be had"));
        }
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < plan.phases().size(); i++) {
            Phase phase = plan.phase(i);
            int stable = plan.stableReplicasIn(i);
            double share =
                    PodShares.nearest(phase.weight(), stable, phase.replicas()).share();
            double off = Math.abs(share - phase.weight());
            String what = String.format(
                    Locale.ROOT,
                    "phase %d asks for %d %%; of %d stable and %d canary pods the nearest share is %.0f %%",
                    phase.number(),
                    phase.trafficPercent(),
                    stable,
                    phase.replicas(),
                    100 * share);
            boolean near = off <= Math.max(NEAR, phase.weight() / 4);
            checks.add(
                    near
                            ? Check.ok(Preflight.WEIGHT, what)
                            : Check.failed(
                                    Preflight.WEIGHT,
                                    what,
                                    String.format(
                                            Locale.ROOT,
                                            "run %d stable pods to each canary pod, or choose a router (gateway, proxy)",
                                            Math.max(1, Math.round(1 / phase.weight() - 1)))));
        }
        return checks;
    }

    static Check cohorts(RolloutPlan plan, boolean tenantCohorts) {
        if (plan.cohorts().mode() == CohortRules.Mode.TENANT && !tenantCohorts) {
            return Check.warning(
                    "cohorts",
                    "Cohorts=False: this router draws single requests by chance, so tenants do not stay on a release"
                            + " and there is no verdict per tenant",
                    "choose the proxy as router, or say cohorts: {by: request}");
        }
        return Check.ok("cohorts", "the router carries the plan's cohorts");
    }

    /**
     * Whether pods of this workload may be evicted at all, and by one rule.
     *
     * @param budgets that select its pods
     * @param replicas of stable
     */
    static Check disruption(List<PodDisruptionBudget> budgets, int replicas) {
        if (budgets.isEmpty()) {
            return Check.warning(
                    "disruption-budget",
                    "no disruption budget covers the pods: a node's drain may take all of them at once",
                    "add one budget over both colours, with maxUnavailable: 1");
        }
        if (budgets.size() > 1) {
            return Check.failed(
                    "disruption-budget",
                    budgets.size() + " budgets cover the same pods, which makes every eviction an error",
                    "keep one budget, which selects both colours");
        }
        int allowed = allowed(budgets.getFirst().getSpec(), replicas);
        String name = budgets.getFirst().getMetadata().getName();
        return allowed < 1
                ? Check.failed(
                        "disruption-budget",
                        name + " lets none of " + replicas + " pods go: a node of theirs can never be drained",
                        "run more pods, or say maxUnavailable: 1")
                : Check.ok("disruption-budget", name + " lets " + allowed + " of " + replicas + " pods go at a time");
    }

    private static int allowed(PodDisruptionBudgetSpec spec, int replicas) {
        return spec.getMaxUnavailable() != null
                ? part(spec.getMaxUnavailable(), replicas)
                : replicas - (spec.getMinAvailable() == null ? 0 : part(spec.getMinAvailable(), replicas));
    }

    /** A percentage is rounded up, as the disruption controller does. */
    private static int part(IntOrString amount, int replicas) {
        if (amount.getIntVal() != null) {
            return amount.getIntVal();
        }
        String text = amount.getStrVal();
        return (int) Math.ceil(replicas * Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0);
    }

    /**
     * Whether the bakes see enough traffic to judge, with the time that it takes.
     *
     * @param requestsPerMinute of both releases
     */
    static List<Check> power(RolloutPlan plan, double requestsPerMinute, double faultRate) {
        List<Check> checks = new ArrayList<>();
        for (PhasePower power : PhasePower.of(plan, requestsPerMinute, faultRate)) {
            boolean shown =
                    power.minutesToSafe() * 60_000 <= power.phase().bake().toMillis();
            checks.add(
                    shown
                            ? Check.ok("power", power.say())
                            : Check.warning(
                                    "power",
                                    power.say() + ": longer than the bake, so it will be extended",
                                    "bake longer, give the phase more traffic, or let its gate ask for verdict:"
                                            + " not-harmful"));
        }
        return checks;
    }
}
