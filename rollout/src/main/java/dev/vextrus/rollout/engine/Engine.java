package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Stage.InPhase;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The step from one state to the next. It reads no clock, no random source, no environment and no network: four weeks pass
 * in a loop, and every decision can be replayed from what was observed.
 *
 * @param plan the plan as it was when the rollout began, in the workload's present size
 */
public record Engine(RolloutPlan plan) {

    /**
     * One step. Watching comes first, then people, then what ends the rollout, then what holds it, and only then does it
     * move on.
     *
     * @throws IllegalStateException if the engine breaks its own table of stages
     */
    public Decision step(RolloutState state, Observation seen, Instant now) {
        Draft draft = new Draft(plan, state, seen, now);
        seen.failures().forEach(draft::note);
        Watching.absorb(draft);
        Findings.absorb(draft);
        Commands.obey(draft);
        edit(draft);
        if (draft.state.stage().equals(state.stage()) && !Trips.trip(draft) && !Holds.hold(draft)) {
            advance(draft);
        }
        Sizing.keep(draft);
        Hearing.ask(draft);
        return draft.decide();
    }

    private static void advance(Draft draft) {
        switch (draft.state.stage()) {
            case Stage.Pending _ -> BeforeTraffic.begin(draft);
            case Stage.Preflight _ -> BeforeTraffic.preflight(draft);
            case Stage.Staging _ -> BeforeTraffic.stage(draft);
            case Stage.Preparing _ -> BeforeTraffic.prepare(draft);
            case InPhase in -> Advancing.advance(draft, in);
            case Stage.RollingBack(Stage.Winding step) -> WindingDown.rollBack(draft, step);
            case Stage.Completing(Stage.Winding step) -> WindingDown.complete(draft, step);
            case Stage.Paused _, Stage.Holding _ -> {}
            case Stage.Completed _, Stage.RolledBack _, Stage.Refused _ -> {}
        }
    }

    /** A new release takes the running one's place; any other edit waits and says so. */
    private static void edit(Draft draft) {
        Observation.Edit edit = draft.seen.edit();
        StageKind kind = draft.state.stage().kind();
        if (Objects.equals(edit, draft.state.pendingEdit()) || kind.ended()) {
            return;
        }
        draft.state = draft.state.with(edit);
        if (edit == null) {
            draft.note("the plan's file is again what runs");
        } else if (edit.newRelease() && kind.successors().contains(StageKind.ROLLING_BACK)) {
            draft.rollBack(ReasonCode.SUPERSEDED, edit.summary(), Map.of());
        } else {
            draft.note("the plan's file has changed; the change waits for this rollout's end: " + edit.summary());
        }
    }
}
