package dev.vextrus.rollout.plan;

import java.time.Duration;

/**
 * The same plan in less time, for a demonstration or a rehearsal. What belongs to machines rather than to people's patience
 * (starting, crashing) keeps its length, and nothing shrinks below what can still be observed.
 */
public final class Speed {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    /** Deciding again what was recorded takes as long as it takes. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private static final Duration CRASHES = Duration.ofMinutes(1);

    private Speed() {}

    /**
     * @param factor how many times faster, at least 1
     * @throws IllegalArgumentException if {@code factor} is below 1
     */
    public static RolloutPlan faster(RolloutPlan plan, double factor) {
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("speed: " + factor + " is below 1; a plan can only be compressed");
        }
        return new RolloutPlan(
                plan.name(),
                plan.target(),
                plan.stable(),
                plan.canary(),
                plan.phases().stream().map(p -> faster(p, factor)).toList(),
                plan.stableReplicas(),
                faster(plan.startEvery(), factor, Duration.ZERO),
                plan.capacity(),
                faster(plan.rollback(), factor),
                faster(plan.blind(), factor),
                plan.cohorts(),
                faster(plan.looks(), factor),
                plan.analysis()
                        .withPlannedSeconds(
                                Math.max(1, Math.round(plan.analysis().plannedSeconds() / factor))),
                plan.notifications());
    }

    private static Phase faster(Phase phase, double factor) {
        return new Phase(
                phase.number(),
                phase.trafficPercent(),
                phase.replicas(),
                phase.stableReplicas(),
                faster(phase.bake(), factor, Duration.ofSeconds(1)),
                phase.gates());
    }

    private static RollbackRules faster(RollbackRules rules, double factor) {
        return new RollbackRules(
                rules.maxErrorRate(),
                faster(rules.errorWindow(), factor, WINDOW),
                rules.maxP95Millis(),
                rules.maxP95Ratio(),
                rules.p95RatioFloorMillis(),
                faster(rules.latencyWindow(), factor, WINDOW),
                rules.minDistinctFaults(),
                rules.crashLoopRestarts(),
                faster(rules.crashWindow(), factor, CRASHES),
                rules.readinessFailures(),
                faster(rules.sharedWindow(), factor, WINDOW));
    }

    private static BlindRules faster(BlindRules rules, double factor) {
        return new BlindRules(
                faster(rules.maxGap(), factor, SHORT.plusSeconds(2)),
                faster(rules.pageAfter(), factor, WINDOW),
                faster(rules.maxBlind(), factor, WINDOW.multipliedBy(2)),
                rules.goBack(),
                faster(rules.freshFor(), factor, SHORT),
                faster(rules.maxSilence(), factor, SILENCE));
    }

    private static Looks faster(Looks looks, double factor) {
        return new Looks(
                faster(looks.afterShift(), factor, LOOK),
                faster(looks.shiftWatch(), factor, SHORT),
                faster(looks.baking(), factor, LOOK),
                faster(looks.integrity(), factor, SHORT),
                faster(looks.extension(), factor, CRASHES));
    }

    /** Never below {@code least}, and never longer than it was. */
    private static Duration faster(Duration duration, double factor, Duration least) {
        Duration scaled = Duration.ofNanos(Math.round(duration.toNanos() / factor));
        if (scaled.compareTo(least) >= 0) {
            return scaled;
        }
        return duration.compareTo(least) < 0 ? duration : least;
    }
}
