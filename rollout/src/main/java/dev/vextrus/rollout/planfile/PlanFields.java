package dev.vextrus.rollout.planfile;

import dev.vextrus.rollout.analysis.AnalysisSettings;
import dev.vextrus.rollout.plan.BlindRules;
import dev.vextrus.rollout.plan.Capacity;
import dev.vextrus.rollout.plan.CohortRules;
import dev.vextrus.rollout.plan.Looks;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.PhaseGates;
import dev.vextrus.rollout.plan.Preset;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RollbackRules;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a plan of checked fields; what is left out has its default. */
final class PlanFields {
    private PlanFields() {}

    static RolloutPlan plan(String name, Fields spec, ReleaseSpec stable, ReleaseSpec canary) {
        Optional<Preset> preset = Preset.named(spec.text("preset", ""));
        List<Phase> phases = preset.map(Preset::phases).orElseGet(() -> phases(spec));
        Duration startEvery =
                spec.duration("startEvery", preset.map(Preset::startEvery).orElse(Duration.ZERO));
        return new RolloutPlan(
                name,
                spec.text("target", "local"),
                stable,
                canary,
                phases,
                spec.number("stableReplicas", preset.map(Preset::stableReplicas).orElse(1)),
                startEvery,
                spec.text("capacity", "full").equals("full") ? Capacity.FULL : Capacity.PROPORTIONAL,
                rollback(spec.group("rollback")),
                blind(spec.group("blind")),
                cohorts(spec.group("cohorts")),
                looks(spec.group("looks")),
                analysis(spec.group("analysis"), plannedSeconds(phases, startEvery)),
                spec.texts("notifications"));
    }

    private static List<Phase> phases(Fields spec) {
        List<Phase> phases = new ArrayList<>();
        for (Fields phase : spec.groups("phases")) {
            int number = phases.size() + 1;
            PhaseGates defaults = number == 1 ? PhaseGates.FIRST_WEEK : PhaseGates.LATER_WEEKS;
            Fields gates = phase.group("gates");
            phases.add(new Phase(
                    number,
                    phase.number("traffic", 0),
                    phase.number("replicas", 1),
                    phase.number("stableReplicas", spec.number("stableReplicas", 1)),
                    phase.duration("bake", Duration.ZERO),
                    new PhaseGates(
                            gates.percent("maxErrorRate", defaults.maxErrorRate()),
                            gates.millis("maxP95", defaults.maxP95Millis()),
                            gates.text("verdict", "safe").equals("safe")
                                    ? PhaseGates.Wanted.SAFE
                                    : PhaseGates.Wanted.NOT_HARMFUL,
                            gates.flag("approval", defaults.approval()))));
        }
        return phases;
    }

    private static RollbackRules rollback(Fields rules) {
        RollbackRules defaults = RollbackRules.DEFAULTS;
        return new RollbackRules(
                rules.percent("maxErrorRate", defaults.maxErrorRate()),
                rules.duration("errorWindow", defaults.errorWindow()),
                rules.millis("maxP95", defaults.maxP95Millis()),
                rules.ratio("maxP95Ratio", defaults.maxP95Ratio()),
                rules.millis("p95RatioFloor", defaults.p95RatioFloorMillis()),
                rules.duration("latencyWindow", defaults.latencyWindow()),
                rules.number("minFaults", defaults.minDistinctFaults()),
                rules.number("crashLoopRestarts", defaults.crashLoopRestarts()),
                rules.duration("crashWindow", defaults.crashWindow()),
                rules.number("readinessFailures", defaults.readinessFailures()),
                rules.duration("sharedWindow", defaults.sharedWindow()));
    }

    private static BlindRules blind(Fields rules) {
        BlindRules defaults = BlindRules.DEFAULTS;
        return new BlindRules(
                rules.duration("maxGap", defaults.maxGap()),
                rules.duration("pageAfter", defaults.pageAfter()),
                rules.duration("maxBlind", defaults.maxBlind()),
                rules.text("goBack", "stable").equals("stable")
                        ? BlindRules.GoBack.STABLE
                        : BlindRules.GoBack.ONE_PHASE,
                rules.duration("freshFor", defaults.freshFor()),
                rules.duration("maxSilence", defaults.maxSilence()));
    }

    private static CohortRules cohorts(Fields rules) {
        return new CohortRules(
                rules.text("by", "tenant").equals("tenant") ? CohortRules.Mode.TENANT : CohortRules.Mode.REQUEST,
                rules.texts("first"),
                rules.texts("last"));
    }

    private static Looks looks(Fields looks) {
        Looks defaults = Looks.DEFAULTS;
        return new Looks(
                looks.duration("afterShift", defaults.afterShift()),
                looks.duration("shiftWatch", defaults.shiftWatch()),
                looks.duration("baking", defaults.baking()),
                looks.duration("integrity", defaults.integrity()),
                looks.duration("extension", defaults.extension()));
    }

    /** @throws IllegalArgumentException naming the setting that is out of range */
    static AnalysisSettings analysis(Fields settings, long plannedSeconds) {
        AnalysisSettings defaults = AnalysisSettings.defaults();
        return new AnalysisSettings(
                settings.percent("alpha", defaults.alpha()),
                settings.ratio("harmfulRatio", defaults.harmfulRatio()),
                settings.ratio("toleratedRatio", defaults.toleratedRatio()),
                settings.percent("maxFaultRate", defaults.maxFaultRate()),
                settings.percent("maxSlowRate", defaults.maxSlowRate()),
                AnalysisSettings.ratiosAbove(settings.ratio("harmfulRatio", defaults.harmfulRatio())),
                plannedSeconds,
                defaults.faultsWeight(),
                settings.percent("tenantBudget", defaults.tenantBudget()),
                defaults.capPerWindow(),
                defaults.shareZ(),
                defaults.rateDriftLogSd(),
                defaults.tenantDriftLogSd(),
                defaults.frozenAbove(),
                defaults.outageSurprise(),
                defaults.maxTenants());
    }

    /** Length of the rollout, over which the evidence waits for harm that begins late. */
    private static long plannedSeconds(List<Phase> phases, Duration startEvery) {
        Duration sum = Duration.ZERO;
        for (Phase phase : phases) {
            boolean last = phase.number() == phases.size();
            boolean waits = !last && startEvery.compareTo(phase.bake()) > 0;
            sum = sum.plus(waits ? startEvery : phase.bake());
        }
        return Math.max(1, sum.toSeconds());
    }
}
