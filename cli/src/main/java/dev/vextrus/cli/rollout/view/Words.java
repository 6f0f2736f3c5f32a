package dev.vextrus.cli.rollout.view;

import dev.vextrus.rollout.engine.Checks;
import dev.vextrus.rollout.engine.Ending;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says a rollout's state in words. */
public final class Words {
    private Words() {}

    /** Where it is, such as {@code phase 2 of 4: baking}. */
    public static String stage(RolloutPlan plan, RolloutState state) {
        return stage(plan, state.stage(), state.checks());
    }

    static String stage(RolloutPlan plan, Stage stage, Checks checks) {
        return switch (stage) {
            case Stage.Pending _ -> "about to begin";
            case Stage.Preflight _ -> "checking before anything moves";
            case Stage.Staging _ -> "starting the new release, without traffic";
            case Stage.Preparing _ -> preparing(checks) + ", without traffic";
            case Stage.Scaling in -> inPhase(plan, in) + "starting replicas";
            case Stage.Shifting in -> inPhase(plan, in) + "shifting traffic";
            case Stage.Smoking in -> inPhase(plan, in) + "trying it out";
            case Stage.Baking in -> inPhase(plan, in) + "baking";
            case Stage.Gating in -> inPhase(plan, in) + "at the gates";
            case Stage.Extended in -> inPhase(plan, in) + "bake extended, a gate is not met yet";
            case Stage.AwaitingApproval in -> inPhase(plan, in) + "waiting for a person: " + in.why();
            case Stage.Paused paused -> "paused by a person, while " + stage(plan, paused.resumeTo(), checks);
            case Stage.Holding holding -> "holding: " + cause(holding.cause()) + "; no bake time counts";
            case Stage.Completing step -> "promoted; the old release leaves (" + winding(step.step(), checks) + ")";
            case Stage.Completed _ -> "promoted";
            case Stage.RollingBack step -> "rolling back (" + winding(step.step(), checks) + ")";
            case Stage.RolledBack _ -> "rolled back";
            case Stage.Refused _ -> "refused before any traffic";
        };
    }

    /** Only what the release is known to do; one that keeps no books does neither. */
    private static String preparing(Checks checks) {
        List<String> does = new ArrayList<>();
        if (looked(checks, GateName.READ_MODEL)) {
            does.add("building its read model");
        }
        if (looked(checks, GateName.DECISION_PARITY)) {
            does.add("deciding recorded commands again");
        }
        return does.isEmpty() ? "looking at what the new release tells of itself" : String.join(" and ", does);
    }

    private static boolean looked(Checks checks, GateName gate) {
        return checks.gates().containsKey(gate) && checks.gate(gate).outcome() != GateStatus.Outcome.OFF;
    }

    private static String inPhase(RolloutPlan plan, Stage.InPhase stage) {
        return "phase " + (stage.phase() + 1) + " of " + plan.phases().size() + ": ";
    }

    private static String cause(Stage.HoldCause cause) {
        return switch (cause) {
            case METRICS_MISSING -> "nobody can see how the traffic does";
            case SHARED_OUTAGE -> "both releases suffer alike";
            case NO_TRAFFIC -> "the new release has had no request for long";
            case MISROUTED -> "requests do not go where the routing sends them";
        };
    }

    private static String winding(Stage.Winding step, Checks checks) {
        return switch (step) {
            case CAPACITY -> "stable grows back first";
            case WEIGHT -> "its traffic goes away";
            case DRAIN -> "requests under way are answered";
            case EVIDENCE -> "evidence is saved";
            case STOP -> "its processes end";
            case VERIFY ->
                checks.gate(GateName.INTEGRITY).outcome() == GateStatus.Outcome.OFF
                        ? "the release offers no proof of its data"
                        : "the release that stays is asked to prove its data";
        };
    }

    /** What happens next, if nothing gets in the way. */
    public static String next(RolloutPlan plan, RolloutState state) {
        return switch (state.stage()) {
            case Stage.Baking(int phase, Duration observed) ->
                after(plan, phase) + " in about " + duration(left(plan.phase(phase), observed))
                        + " of watched time, if the gates hold";
            case Stage.AwaitingApproval waiting ->
                after(plan, waiting.phase()) + ", once somebody promotes or skips; abort takes it back";
            case Stage.InPhase in -> after(plan, in.phase()) + ", once the gates hold";
            case Stage.Paused _ -> "nothing, until somebody resumes; a bad release still goes back";
            case Stage.Pending _, Stage.Preflight _, Stage.Staging _, Stage.Preparing _ ->
                plan.phase(0).trafficPercent() + " % of the traffic";
            case Stage.Holding _ -> "a fresh verdict, then on from where it held";
            case Stage.Completing _ -> "the old release stops";
            case Stage.RollingBack _ -> "only stable serves";
            case Stage.Completed _, Stage.RolledBack _, Stage.Refused _ -> "nothing: it has ended";
        };
    }

    private static Duration left(Phase phase, Duration observed) {
        Duration left = phase.bake().minus(observed);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static String after(RolloutPlan plan, int phase) {
        return plan.isLast(phase) ? "promoted for good" : plan.phase(phase + 1).trafficPercent() + " % of the traffic";
    }

    /** Why it went back, in a sentence. */
    public static String ending(Ending ending) {
        return ending.reason() + ": " + ending.message();
    }

    /** Such as {@code 3.4 s}, {@code 2 min 5 s}, {@code 47 h 10 min}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
