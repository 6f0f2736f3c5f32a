package dev.vextrus.rollout.planfile;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.plan.CohortRules;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the plan of a {@code PhasedRollout} that stands in a cluster: the same words, schema and rules as a plan's file has,
 * but for the two releases, which the cluster knows, and the replicas, which belong to the workload there.
 */
public final class SpecReader {
    private SpecReader() {}

    /**
     * @param name of the rollout
     * @param target kind of target
     * @param words the plan's fields, as JSON values
     * @param drawn what the router can move; the plan's cohorts count only where that is whole tenants
     * @param replicas serving replicas of the workload; a phase that names none gets its share of them, rounded up
     */
    public static Reading<RolloutPlan> read(
            String name,
            String target,
            Map<String, Object> words,
            ReleaseSpec stable,
            ReleaseSpec canary,
            CohortRules.Mode drawn,
            int replicas) {
        YamlText yaml = YamlText.parse("phasedrollout/" + name, document(name, words, stable, canary, replicas));
        List<Problem> problems = new ArrayList<>(yaml.problems());
        if (problems.isEmpty()) {
            problems.addAll(PlanReader.SCHEMA.check(yaml));
        }
        Fields spec = Fields.of(yaml.root()).group("spec");
        if (problems.isEmpty()) {
            problems.addAll(PlanRules.check(yaml, spec));
            problems.addAll(PlanRules.checkReleases(yaml, spec, stable, canary));
        }
        if (!problems.isEmpty()) {
            return new Reading.Invalid<>(
                    problems.stream().map(SpecReader::withoutPlace).toList());
        }
        RolloutPlan plan = PlanFields.plan(name, spec, stable, canary);
        return new Reading.Valid<>(inCluster(plan, target, drawn, shared(plan, spec, replicas)));
    }

    private static String document(
            String name, Map<String, Object> words, ReleaseSpec stable, ReleaseSpec canary, int replicas) {
        Map<String, Object> spec = new LinkedHashMap<>(words);
        spec.put("stable", stable.version());
        spec.put("canary", canary.version());
        spec.put("stableReplicas", replicas);
        return RolloutJson.mapper()
                .writeValueAsString(Map.of(
                        "apiVersion",
                        "vextrus.dev/v1alpha1",
                        "kind",
                        "PhasedRollout",
                        "metadata",
                        Map.of("name", name),
                        "spec",
                        spec));
    }

    /** What people see of it has no lines. */
    private static Problem withoutPlace(Problem problem) {
        return new Problem(problem.code(), problem.file(), 0, 0, problem.field(), problem.message(), problem.remedy());
    }

    private static List<Phase> shared(RolloutPlan plan, Fields spec, int replicas) {
        List<Fields> given = spec.groups("phases");
        List<Phase> phases = new ArrayList<>();
        for (Phase phase : plan.phases()) {
            Fields fields = given.isEmpty() ? Fields.of(null) : given.get(phase.number() - 1);
            int share = (replicas * phase.trafficPercent() + 99) / 100;
            int canary = fields.number("replicas", share);
            phases.add(new Phase(
                    phase.number(),
                    phase.trafficPercent(),
                    canary,
                    fields.number("stableReplicas", Math.max(0, replicas - canary)),
                    phase.bake(),
                    phase.gates()));
        }
        return phases;
    }

    private static RolloutPlan inCluster(RolloutPlan plan, String target, CohortRules.Mode drawn, List<Phase> phases) {
        return new RolloutPlan(
                plan.name(),
                target,
                plan.stable(),
                plan.canary(),
                phases,
                plan.stableReplicas(),
                plan.startEvery(),
                plan.capacity(),
                plan.rollback(),
                plan.blind(),
                drawn == CohortRules.Mode.TENANT ? plan.cohorts() : new CohortRules(drawn, List.of(), List.of()),
                plan.looks(),
                plan.analysis(),
                plan.notifications());
    }
}
