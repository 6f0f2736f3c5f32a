package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Stage.InPhase;
import dev.vextrus.rollout.engine.Stage.Winding;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.Capacity;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A decision in the making, alive within one step only: collects what the parts of the step decide, and holds each change
 * of stage against the table of {@link StageKind}.
 */
final class Draft {
    final RolloutPlan plan;
    final Observation seen;
    final Instant now;
    RolloutState state;
    /** Watched time since the last step; zero after a gap. */
    Duration watched = Duration.ZERO;

    private final List<Action> actions = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean moved;

    Draft(RolloutPlan plan, RolloutState state, Observation seen, Instant now) {
        this.plan = plan;
        this.state = state;
        this.seen = seen;
        this.now = now;
    }

    /** @throws IllegalStateException if {@code next} may not follow the present stage: a fault in the engine */
    void enter(Stage next, String why) {
        StageKind from = state.stage().kind();
        if (from != next.kind() && !from.successors().contains(next.kind())) {
            throw new IllegalStateException(
                    "rollout " + state.id() + ": " + from + " cannot be followed by " + next.kind());
        }
        state = state.at(next, now);
        note(why);
        moved = true;
    }

    /** Replaces the stage by one of the same kind, without starting it anew. */
    void update(Stage same) {
        state = state.at(same, state.since());
    }

    /** Whether what both releases suffer from may come of the weight: it rose within {@code sharedWindow}. */
    boolean justRaised() {
        Instant raised = state.watch().raisedAt();
        return raised != null && !now.isAfter(raised.plus(plan.rollback().sharedWindow()));
    }

    void act(Action action) {
        actions.add(action);
    }

    void look(Look look) {
        if (!looks.contains(look)) {
            looks.add(look);
        }
    }

    void note(String why) {
        notes.add(why);
    }

    void tell(boolean page, String message) {
        act(new Action.Tell(page, message));
    }

    /** Orders a routing above every earlier one. */
    void route(Routing wanted) {
        Routing next = new Routing(
                state.routing().epoch() + 1,
                wanted.stable(),
                wanted.canary(),
                wanted.weight(),
                wanted.cohort(),
                wanted.byTenant());
        state = state.routed(next, now);
        act(new Action.Route(next));
    }

    /** The one way back: whatever the reason, the weight goes first. */
    void rollBack(ReasonCode reason, String message, Map<String, Double> numbers) {
        state = state.with(new Ending(reason, message, numbers, now, !state.trafficBegun(), List.of(), List.of()));
        endPhase();
        enter(
                new Stage.RollingBack(plan.capacity() == Capacity.PROPORTIONAL ? Winding.CAPACITY : Winding.WEIGHT),
                reason + ": " + message);
        tell(true, plan.name() + " " + state.roles().canaryVersion() + " goes back: " + reason + ": " + message);
    }

    void endPhase() {
        PhaseRecord last = state.phaseNow();
        if (last != null) {
            replacePhase(last.ended(now));
        }
    }

    void replacePhase(PhaseRecord last) {
        List<PhaseRecord> phases = new ArrayList<>(state.phases());
        phases.set(phases.size() - 1, last);
        state = state.withPhases(phases);
    }

    /** The phase that the rollout is in, also while it is paused or holds; -1 before the first. */
    int phase() {
        return phaseOf(state.stage());
    }

    static int phaseOf(Stage stage) {
        return switch (stage) {
            case InPhase in -> in.phase();
            case Stage.Paused paused -> phaseOf(paused.resumeTo());
            case Stage.Holding holding -> holding.resumeTo().phase();
            default -> -1;
        };
    }

    /** Whether the order that was given last is in force. */
    boolean routed() {
        Routing inForce = seen.target() == null ? null : seen.target().routing();
        return inForce != null && inForce.epoch() >= state.routing().epoch() && inForce.sameEffect(state.routing());
    }

    boolean watchedCanary() {
        return state.routing().weight() > 0;
    }

    Decision decide() {
        return new Decision(state, actions, looks, recheckAfter(), notes);
    }

    private Duration recheckAfter() {
        if (state.stage().kind().ended()) {
            return plan.looks().baking();
        }
        Instant raised = state.watch().raisedAt();
        boolean accused = state.checks().witness().accusedAt() != null;
        boolean quiet = raised != null
                && !accused
                && !now.isBefore(raised.plus(plan.looks().shiftWatch()));
        return switch (state.stage().kind()) {
            case BAKING, EXTENDED, GATING, AWAITING_APPROVAL, PAUSED, HOLDING ->
                quiet && !moved ? plan.looks().baking() : plan.looks().afterShift();
            default -> plan.looks().afterShift();
        };
    }
}
