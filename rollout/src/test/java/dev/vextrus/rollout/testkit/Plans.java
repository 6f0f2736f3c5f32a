package dev.vextrus.rollout.testkit;

import dev.vextrus.rollout.analysis.AnalysisSettings;
import dev.vextrus.rollout.plan.BlindRules;
import dev.vextrus.rollout.plan.Capacity;
import dev.vextrus.rollout.plan.CohortRules;
import dev.vextrus.rollout.plan.Looks;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.PhaseGates;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RollbackRules;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.RunSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Plans for tests. */
public final class Plans {
    private Plans() {}

    /** 10, 30, 60 and 100 % with an hour's bake each. */
    public static RolloutPlan hourly() {
        return of(List.of(
                phase(1, 10, Duration.ofHours(1)),
                phase(2, 30, Duration.ofHours(1)),
                phase(3, 60, Duration.ofHours(1)),
                phase(4, 100, Duration.ofHours(1))));
    }

    public static RolloutPlan of(List<Phase> phases) {
        return with(phases, Duration.ZERO, BlindRules.DEFAULTS, release("1.1.0"));
    }

    public static RolloutPlan with(List<Phase> phases, Duration startEvery, BlindRules blind, ReleaseSpec canary) {
        return new RolloutPlan(
                "finance",
                "local",
                release("1.0.0"),
                canary,
                phases,
                1,
                startEvery,
                Capacity.FULL,
                RollbackRules.DEFAULTS,
                blind,
                CohortRules.DEFAULTS,
                Looks.DEFAULTS,
                AnalysisSettings.defaults().withPlannedSeconds(4 * 3600),
                List.of());
    }

    public static RolloutPlan withBlind(BlindRules blind) {
        return with(hourly().phases(), Duration.ZERO, blind, release("1.1.0"));
    }

    /** The same plan over another stable release. */
    public static RolloutPlan over(ReleaseSpec stable, RolloutPlan plan) {
        return new RolloutPlan(
                plan.name(),
                plan.target(),
                stable,
                plan.canary(),
                plan.phases(),
                plan.stableReplicas(),
                plan.startEvery(),
                plan.capacity(),
                plan.rollback(),
                plan.blind(),
                plan.cohorts(),
                plan.looks(),
                plan.analysis(),
                plan.notifications());
    }

    /** The same plan with a look every {@code baking} once a shift is past. */
    public static RolloutPlan withLooks(RolloutPlan plan, Duration baking) {
        Looks looks = new Looks(Duration.ofSeconds(1), Duration.ZERO, baking, Duration.ofHours(6), Duration.ofDays(1));
        return new RolloutPlan(
                plan.name(),
                plan.target(),
                plan.stable(),
                plan.canary(),
                plan.phases(),
                plan.stableReplicas(),
                plan.startEvery(),
                plan.capacity(),
                plan.rollback(),
                plan.blind(),
                plan.cohorts(),
                looks,
                plan.analysis(),
                plan.notifications());
    }

    public static Phase phase(int number, int percent, Duration bake) {
        return new Phase(number, percent, 1, 1, bake, PhaseGates.FIRST_WEEK);
    }

    /** A phase that only has to show no harm, for tests of other things than the verdict. */
    public static Phase brief(int number, int percent, Duration bake) {
        return new Phase(number, percent, 1, 1, bake, new PhaseGates(0.005, 500, PhaseGates.Wanted.NOT_HARMFUL, false));
    }

    public static ReleaseSpec release(String version) {
        return new ReleaseSpec(
                "finance",
                version,
                new RunSpec.Program(
                        List.of("run"), Map.of(), "/", "/health/ready", RunSpec.HealthPort.MANAGEMENT, null, null),
                300,
                Duration.ofSeconds(30));
    }
}
