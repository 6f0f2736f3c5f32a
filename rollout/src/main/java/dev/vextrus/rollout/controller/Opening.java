package dev.vextrus.rollout.controller;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.ReasonCode;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.TargetUnavailable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Begins a rollout, or takes up the one that the journal holds. */
public sealed interface Opening {

    Controller controller();

    /** A new rollout. */
    record Begun(Controller controller) implements Opening {}

    /** The journal held a rollout that had not ended; it goes on with the plan it began with. */
    record Resumed(Controller controller) implements Opening {}

    /** The journal's last rollout of this very release has ended: only {@code retry}, or another release, goes on. */
    record AlreadyEnded(Controller controller) implements Opening {}

    /** The journal was empty, but the plan's canary has traffic: roles and weight are as they were found. */
    record Recovered(Controller controller) implements Opening {}

    /**
     * @param plan to begin with; a rollout that runs keeps its own
     * @param forced gates to be let through before the first traffic
     */
    static Opening open(Parts parts, RolloutPlan plan, List<GateName> forced) {
        History history = History.of(parts.journal().entries());
        RolloutState last = history.state();
        RolloutPlan lastPlan = history.plan();
        if (last == null || lastPlan == null) {
            Routing running = runningCanary(parts, plan);
            return running == null
                    ? new Begun(begin(parts, plan, forced, null))
                    : new Recovered(recover(parts, plan, forced, running));
        }
        boolean ended = last.stage().kind().ended();
        boolean same = lastPlan.canary().equals(plan.canary()) && !namesStableAnew(last, lastPlan, plan);
        if (ended && !same) {
            return new Begun(begin(parts, plan, forced, last));
        }
        RolloutState checkpoint = parts.journal().checkpointed();
        Instant now = parts.clock().instant();
        Controller controller = new Controller(parts, lastPlan, checkpoint == null ? last : checkpoint);
        if (ended) {
            return new AlreadyEnded(controller);
        }
        parts.journal().append(new JournalRecord.Resumed(parts.by()), now);
        history.unfinished(controller);
        return new Resumed(controller);
    }

    /** Refused for what the plan named as stable, and mended: a retry would go by the plan that was refused. */
    private static boolean namesStableAnew(RolloutState last, RolloutPlan lastPlan, RolloutPlan plan) {
        return last.ending() != null
                && last.ending().reason() == ReasonCode.STABLE_DIFFERS
                && !lastPlan.stable().equals(plan.stable());
    }

    private static Controller begin(
            Parts parts, RolloutPlan plan, List<GateName> forced, @Nullable RolloutState before) {
        Instant now = parts.clock().instant();
        Routing inForce = inForce(parts);
        long epoch = Math.max(
                inForce == null ? 0 : inForce.epoch(),
                before == null ? 0 : before.routing().epoch());
        RolloutState state = RolloutState.begin(parts.ids().get(), plan, stable(inForce, before), epoch, forced, now);
        parts.journal().append(new JournalRecord.Started(plan, state, parts.by()), now);
        return new Controller(parts, plan, state);
    }

    private static Color stable(@Nullable Routing inForce, @Nullable RolloutState before) {
        if (inForce != null) {
            return inForce.stable();
        }
        if (before == null) {
            return Color.BLUE;
        }
        boolean promoted = before.stage().kind() == StageKind.COMPLETED;
        return promoted ? before.roles().canary() : before.roles().stable();
    }

    private static Controller recover(Parts parts, RolloutPlan plan, List<GateName> forced, Routing running) {
        Instant now = parts.clock().instant();
        RolloutState state = RolloutState.recovered(parts.ids().get(), plan, running, forced, now);
        parts.journal().append(new JournalRecord.Started(plan, state, parts.by()), now);
        return new Controller(parts, plan, state);
    }

    /** The routing in force, if it sends traffic to instances of the plan's canary; null otherwise. */
    private static @Nullable Routing runningCanary(Parts parts, RolloutPlan plan) {
        try {
            TargetView view = parts.target().observe();
            Routing routing = view.routing();
            if (routing == null || routing.canary() == null || routing.weight() == 0) {
                return null;
            }
            boolean runs = view.of(routing.canary()).stream()
                    .anyMatch(i -> i.version().equals(plan.canary().version()));
            return runs ? routing : null;
        } catch (TargetUnavailable e) {
            return null;
        }
    }

    private static @Nullable Routing inForce(Parts parts) {
        try {
            return parts.target().observe().routing();
        } catch (TargetUnavailable e) {
            return null;
        }
    }

    /** What a journal says of the last rollout in it. */
    record History(
            @Nullable RolloutPlan plan,
            @Nullable RolloutState state,
            JournalRecord.@Nullable Decided decided,
            long decision,
            Set<Integer> acted) {

        static History of(List<JournalEntry> entries) {
            RolloutPlan plan = null;
            RolloutState state = null;
            JournalRecord.Decided decided = null;
            long decision = 0;
            Set<Integer> acted = new HashSet<>();
            for (JournalEntry entry : entries) {
                switch (entry.what()) {
                    case JournalRecord.Started started -> {
                        plan = started.plan();
                        state = started.state();
                        decided = null;
                    }
                    case JournalRecord.Decided next -> {
                        state = next.state();
                        decided = next;
                        decision = entry.sequence();
                        acted.clear();
                    }
                    case JournalRecord.Acted done -> {
                        if (done.decision() == decision) {
                            acted.add(done.action());
                        }
                    }
                    case JournalRecord.Resumed _ -> {}
                }
            }
            return new History(plan, state, decided, decision, acted);
        }

        /** Actions are done in order, so what is missing is the tail. */
        void unfinished(Controller controller) {
            if (decided != null && acted.size() < decided.actions().size()) {
                controller.finish(decision, decided, acted.size());
            }
        }
    }
}
