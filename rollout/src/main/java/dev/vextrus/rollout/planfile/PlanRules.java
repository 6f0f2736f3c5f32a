package dev.vextrus.rollout.planfile;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.planfile.Problem.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a plan must keep to beyond its schema. */
final class PlanRules {
    private PlanRules() {}

    static List<Problem> check(YamlText yaml, Fields spec) {
        List<Problem> problems = new ArrayList<>();
        if (spec.has("preset") && spec.has("phases")) {
            problems.add(yaml.problem(
                    Code.BAD_VALUE, spec.at("preset"), "stands beside phases", "keep either the preset or the phases"));
        }
        if (!spec.has("preset") && !spec.has("phases")) {
            problems.add(yaml.problem(
                    Code.MISSING_FIELD,
                    spec.at("phases"),
                    "is missing, and there is no preset",
                    "add phases, or preset: 10-30-60-100"));
        }
        phases(yaml, spec, problems);
        cohorts(yaml, spec, problems);
        analysis(yaml, spec, problems);
        return problems;
    }

    static List<Problem> checkReleases(YamlText yaml, Fields spec, ReleaseSpec stable, ReleaseSpec canary) {
        List<Problem> problems = new ArrayList<>();
        if (stable.version().equals(canary.version())) {
            problems.add(yaml.problem(
                    Code.BAD_VALUE,
                    spec.at("canary"),
                    "has version " + canary.version() + ", as stable has",
                    "give the new release a version of its own: traffic and decisions are told apart by it"));
        }
        if (!stable.name().equals(canary.name())) {
            problems.add(yaml.problem(
                    Code.BAD_VALUE,
                    spec.at("canary"),
                    "is a release of " + canary.name() + ", stable one of " + stable.name(),
                    "name two releases of the same service"));
        }
        return problems;
    }

    private static void phases(YamlText yaml, Fields spec, List<Problem> problems) {
        List<Fields> phases = spec.groups("phases");
        int before = 0;
        int replicasBefore = 1;
        for (int i = 0; i < phases.size(); i++) {
            Fields phase = phases.get(i);
            int traffic = phase.number("traffic", 0);
            int replicas = phase.number("replicas", 1);
            if (traffic <= before) {
                problems.add(yaml.problem(
                        Code.BAD_VALUE,
                        phase.at("traffic"),
                        traffic + " % is not above the " + before + " % of the phase before",
                        "let each phase have more traffic than the one before"));
            }
            if (replicas < replicasBefore) {
                problems.add(yaml.problem(
                        Code.BAD_VALUE,
                        phase.at("replicas"),
                        replicas + " are fewer than the " + replicasBefore + " of the phase before",
                        "let the canary grow from phase to phase"));
            }
            if (phase.duration("bake", Duration.ZERO).isZero()) {
                problems.add(yaml.problem(
                        Code.BAD_VALUE,
                        phase.at("bake"),
                        "is zero",
                        "give the phase time to be watched in, such as 48h"));
            }
            before = traffic;
            replicasBefore = replicas;
        }
        if (!phases.isEmpty() && before != 100) {
            problems.add(yaml.problem(
                    Code.BAD_VALUE,
                    phases.getLast().at("traffic"),
                    "the last phase has " + before + " % of the traffic",
                    "let the last phase have 100: what is promoted must have been watched at full traffic"));
        }
    }

    private static void cohorts(YamlText yaml, Fields spec, List<Problem> problems) {
        Fields cohorts = spec.group("cohorts");
        Set<String> first = new HashSet<>(cohorts.texts("first"));
        for (String tenant : cohorts.texts("last")) {
            if (first.contains(tenant)) {
                problems.add(yaml.problem(
                        Code.BAD_VALUE,
                        cohorts.at("last"),
                        tenant + " is first and last",
                        "name each tenant in one of the two"));
            }
        }
    }

    private static void analysis(YamlText yaml, Fields spec, List<Problem> problems) {
        try {
            PlanFields.analysis(spec.group("analysis"), 1);
        } catch (IllegalArgumentException e) {
            String said = e.getMessage() == null ? "is out of range" : e.getMessage();
            problems.add(yaml.problem(Code.BAD_VALUE, spec.at("analysis"), said, "leave it out for the default"));
        }
    }
}
