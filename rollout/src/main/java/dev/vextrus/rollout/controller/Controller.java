package dev.vextrus.rollout.controller;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.Decision;
import dev.vextrus.rollout.engine.Engine;
import dev.vextrus.rollout.engine.Finding;
import dev.vextrus.rollout.engine.Observation;
import dev.vextrus.rollout.engine.ReasonCode;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rollout.port.TargetUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one rollout: observes, steps, journals, acts. Every decision with something to do is journalled before anything is
 * done, and each action after it was done; so a controller that was killed anywhere is followed by one that carries out
 * exactly what is missing.
 *
 * <p>Not thread-safe: one thread calls {@link #tick}.
 */
public final class Controller {
    private final Parts parts;
    private final Looking looking;
    private final Acting acting;
    private RolloutPlan plan;
    private RolloutState state;
    private Acting.Outcome last = Acting.Outcome.NOTHING;

    Controller(Parts parts, RolloutPlan plan, RolloutState state) {
        this.parts = parts;
        this.plan = plan;
        this.state = state;
        this.looking = new Looking(parts.probe(), parts.background());
        this.acting = new Acting(parts);
    }

    public RolloutState state() {
        return state;
    }

    /** The plan that this rollout follows. */
    public RolloutPlan plan() {
        return plan;
    }

    /** Whether nothing more will happen unless a person asks, or another release supersedes. */
    public boolean ended() {
        return state.stage().kind().ended() && !superseded();
    }

    /**
     * One look, one step, and what it decided.
     *
     * @return time until the next tick is due
     * @throws dev.vextrus.rollout.port.JournalFenced if another controller has taken over; stop
     * @throws dev.vextrus.rollout.port.StaleEpoch likewise
     */
    public Duration tick() {
        if (superseded()) {
            beginNext();
        }
        Instant now = parts.clock().instant();
        List<Command> commands = parts.inbox().waiting();
        RolloutPlan sized = plan.sizedFor(parts.replicas().applyAsInt(plan.stableReplicas()));
        Decision decision = new Engine(sized).step(state, observe(commands), now);
        boolean worthAnEntry = !commands.isEmpty()
                || !decision.actions().isEmpty()
                || !decision.notes().isEmpty()
                || decision.next().stage().kind() != state.stage().kind();
        state = decision.next();
        if (worthAnEntry) {
            JournalEntry entry =
                    parts.journal().append(new JournalRecord.Decided(state, decision.actions(), decision.notes()), now);
            parts.inbox().done(commands);
            last = acting.carryOut(entry.sequence(), decision.actions(), 0, plan);
        } else {
            parts.journal().checkpoint(state);
            last = Acting.Outcome.NOTHING;
        }
        looking.ask(decision.looks());
        return decision.recheckAfter();
    }

    /**
     * Ticks until the rollout has ended.
     *
     * @throws InterruptedException if the thread is interrupted; the rollout can be taken up again
     */
    public RolloutState run(Pause pause) throws InterruptedException {
        while (!ended()) {
            Duration recheck = tick();
            if (!ended()) {
                pause.forAtMost(recheck);
            }
        }
        return state;
    }

    /** Waits between ticks; may return early, for instance when a command arrives. */
    public interface Pause {
        void forAtMost(Duration duration) throws InterruptedException;
    }

    /** Carries out what the entry {@code decision} intended and nobody has done yet. */
    void finish(long decision, JournalRecord.Decided intended, int from) {
        last = acting.carryOut(decision, intended.actions(), from, plan);
    }

    private Observation observe(List<Command> commands) {
        List<Finding> findings = looking.found();
        return new Observation(
                target(),
                traffic(),
                findings,
                commands,
                last.failures(),
                last.files(),
                Edits.between(plan, parts.planFile().get()));
    }

    private @Nullable TargetView target() {
        try {
            return parts.target().observe();
        } catch (TargetUnavailable e) {
            return null;
        }
    }

    private Observation.@Nullable Traffic traffic() {
        try {
            return new Observation.Traffic(
                    parts.metrics().after(state.watch().cursor()),
                    parts.metrics().totals(),
                    parts.metrics().requestsByTenant());
        } catch (MetricsUnavailable e) {
            return null;
        }
    }

    private boolean superseded() {
        return state.stage().kind() == StageKind.ROLLED_BACK
                && state.ending() != null
                && state.ending().reason() == ReasonCode.SUPERSEDED
                && parts.planFile().get() != null;
    }

    /** The newer release begins from the first phase, in the same journal. */
    private void beginNext() {
        RolloutPlan next = parts.planFile().get();
        if (next == null) {
            return;
        }
        Routing inForce = state.routing();
        plan = next;
        Instant now = parts.clock().instant();
        state = RolloutState.begin(parts.ids().get(), next, inForce.stable(), inForce.epoch(), state.forced(), now);
        parts.journal().append(new JournalRecord.Started(next, state, parts.by()), now);
        last = Acting.Outcome.NOTHING;
        looking.forget();
    }
}
