package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a rollout remembers: one value, which is journalled and from which a killed controller goes on.
 *
 * @param id of this attempt; also the salt of its cohorts
 * @param since when the stage was entered
 * @param routing what was last ordered; its epoch fences
 * @param earlier what was ordered before that; null before the first change
 * @param phases what became of each phase entered so far, in order
 * @param ending why it goes, or went, back; null while it goes forward
 * @param forced gates that a person let the release through before its first traffic
 * @param obeyed ids of the last commands, so that each is obeyed once
 * @param pendingEdit a change of the plan's file that waits for this rollout's end; null for none
 */
public record RolloutState(
        String id,
        Instant startedAt,
        Stage stage,
        Instant since,
        Roles roles,
        Routing routing,
        @Nullable Earlier earlier,
        Watch watch,
        Checks checks,
        List<PhaseRecord> phases,
        @Nullable Ending ending,
        List<GateName> forced,
        List<String> obeyed,
        Observation.@Nullable Edit pendingEdit) {
    private static final int REMEMBERED_COMMANDS = 64;

    /**
     * A routing that was in force.
     *
     * @param until when the next one was ordered
     */
    public record Earlier(Routing routing, Instant until) {}

    public RolloutState {
        phases = List.copyOf(phases);
        forced = List.copyOf(forced);
        obeyed = List.copyOf(obeyed);
    }

    /**
     * A rollout that is about to begin.
     *
     * @param stable the colour in which the stable release stands, or is to stand
     * @param epoch the epoch in force; orders of this rollout lie above it
     */
    public static RolloutState begin(
            String id, RolloutPlan plan, Color stable, long epoch, List<GateName> forced, Instant now) {
        return new RolloutState(
                id,
                now,
                new Stage.Pending(),
                now,
                new Roles(stable, plan.stable().version(), plan.canary().version()),
                new Routing(epoch, stable, null, 0, List.of(), false),
                null,
                Watch.begin(windowSeconds(plan)),
                Checks.NONE,
                List.of(),
                null,
                forced,
                List.of(),
                null);
    }

    /**
     * A rollout whose memory was lost while its canary served: roles and weight are those in force, the evidence begins
     * anew, and nothing rises until a person asks, and a fresh verdict allows it.
     *
     * @param inForce with a canary
     */
    public static RolloutState recovered(
            String id, RolloutPlan plan, Routing inForce, List<GateName> forced, Instant now) {
        int phase = 0;
        for (int i = 0; i < plan.phases().size(); i++) {
            phase = plan.phase(i).weight() <= inForce.weight() ? i : phase;
        }
        return new RolloutState(
                id,
                now,
                new Stage.AwaitingApproval(
                        phase, "the rollout's memory was lost; its roles and weight were read back from the target"),
                now,
                new Roles(
                        inForce.stable(), plan.stable().version(), plan.canary().version()),
                inForce,
                null,
                Watch.begin(windowSeconds(plan), Watch.Freshness.OWED),
                Checks.NONE,
                List.of(PhaseRecord.begun(phase, now)),
                null,
                forced,
                List.of(),
                null);
    }

    private static long windowSeconds(RolloutPlan plan) {
        return Math.max(
                plan.rollback().errorWindow().toSeconds(),
                plan.rollback().latencyWindow().toSeconds());
    }

    /**
     * Whether the canary has had a request, or may be about to. What testers send it by its header while its gates are
     * still looked at does not count.
     */
    public boolean trafficBegun() {
        boolean asked = watch.canary().first() != null && !phases.isEmpty();
        return asked || routing.weight() > 0 || watch.raisedAt() != null;
    }

    public @Nullable PhaseRecord phaseNow() {
        return phases.isEmpty() ? null : phases.getLast();
    }

    RolloutState at(Stage next, Instant now) {
        return copy(next, now, routing, earlier, watch, checks, phases, ending, obeyed, pendingEdit);
    }

    RolloutState with(Watch next) {
        return copy(stage, since, routing, earlier, next, checks, phases, ending, obeyed, pendingEdit);
    }

    RolloutState with(Checks next) {
        return copy(stage, since, routing, earlier, watch, next, phases, ending, obeyed, pendingEdit);
    }

    RolloutState routed(Routing next, Instant now) {
        return copy(stage, since, next, new Earlier(routing, now), watch, checks, phases, ending, obeyed, pendingEdit);
    }

    RolloutState with(Ending next) {
        return copy(stage, since, routing, earlier, watch, checks, phases, next, obeyed, pendingEdit);
    }

    RolloutState withPhases(List<PhaseRecord> next) {
        return copy(stage, since, routing, earlier, watch, checks, next, ending, obeyed, pendingEdit);
    }

    RolloutState with(Observation.@Nullable Edit next) {
        return copy(stage, since, routing, earlier, watch, checks, phases, ending, obeyed, next);
    }

    RolloutState obeyed(String commandId) {
        List<String> next = new ArrayList<>(obeyed);
        next.add(commandId);
        int surplus = Math.max(0, next.size() - REMEMBERED_COMMANDS);
        return copy(
                stage,
                since,
                routing,
                earlier,
                watch,
                checks,
                phases,
                ending,
                next.subList(surplus, next.size()),
                pendingEdit);
    }

    private RolloutState copy(
            Stage newStage,
            Instant newSince,
            Routing newRouting,
            @Nullable Earlier newEarlier,
            Watch newWatch,
            Checks newChecks,
            List<PhaseRecord> newPhases,
            @Nullable Ending newEnding,
            List<String> newObeyed,
            Observation.@Nullable Edit newEdit) {
        return new RolloutState(
                id,
                startedAt,
                newStage,
                newSince,
                roles,
                newRouting,
                newEarlier,
                newWatch,
                newChecks,
                newPhases,
                newEnding,
                forced,
                newObeyed,
                newEdit);
    }
}
