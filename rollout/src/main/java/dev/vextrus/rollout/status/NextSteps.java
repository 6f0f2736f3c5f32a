package dev.vextrus.rollout.status;

import dev.vextrus.rollout.engine.Durations;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.util.Locale;

/** What happens next, said as a person would. */
final class NextSteps {
    private NextSteps() {}

    /** @return the phase counted from 0; -1 outside all phases */
    static int phaseOf(Stage stage) {
        return switch (stage) {
            case Stage.InPhase in -> in.phase();
            case Stage.Paused paused -> phaseOf(paused.resumeTo());
            case Stage.Holding holding -> holding.resumeTo().phase();
            default -> -1;
        };
    }

    static String say(RolloutPlan plan, RolloutState state) {
        return switch (state.stage()) {
            case Stage.Pending _, Stage.Preflight _ -> "stable and the metrics are looked at";
            case Stage.Staging _ -> "waits for " + state.roles().canaryVersion() + " to answer";
            case Stage.Preparing _ -> "gates before the first traffic, then " + plan.phase(0);
            case Stage.Scaling scaling -> "waits for the replicas of " + plan.phase(scaling.phase());
            case Stage.Shifting shifting -> "the weight of " + plan.phase(shifting.phase()) + " goes into force";
            case Stage.Smoking smoking -> "then bakes for " + bake(plan.phase(smoking.phase()));
            case Stage.Baking baking -> {
                Duration left = plan.phase(baking.phase()).bake().minus(baking.observed());
                yield "gates in " + Durations.say(left.isNegative() ? Duration.ZERO : left) + ", then "
                        + after(plan, baking.phase());
            }
            case Stage.Gating gating -> "gates, then " + after(plan, gating.phase());
            case Stage.Extended extended ->
                "waits for its gates for at most "
                        + Durations.say(plan.looks().extension().minus(extended.observed())) + ", then asks a person";
            case Stage.AwaitingApproval waiting -> "waits for promote, skip or abort: " + waiting.why();
            case Stage.Paused _ -> "waits for resume or abort";
            case Stage.Holding _ -> "goes on when the cause is gone";
            case Stage.Completing _ -> "the old release drains and stops";
            case Stage.RollingBack back ->
                "back to " + state.roles().stableVersion() + ": "
                        + back.step().name().toLowerCase(Locale.ROOT);
            case Stage.Completed _ -> "nothing: " + state.roles().canaryVersion() + " serves";
            case Stage.RolledBack _, Stage.Refused _ ->
                "nothing: " + state.roles().stableVersion() + " serves; retry, or release another version";
        };
    }

    private static String after(RolloutPlan plan, int phase) {
        return plan.isLast(phase) ? "promotion" : plan.phase(phase + 1).toString();
    }

    private static String bake(Phase phase) {
        return Durations.say(phase.bake());
    }
}
