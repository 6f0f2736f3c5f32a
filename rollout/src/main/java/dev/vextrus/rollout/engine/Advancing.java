package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Stage.Baking;
import dev.vextrus.rollout.engine.Stage.Extended;
import dev.vextrus.rollout.engine.Stage.Gating;
import dev.vextrus.rollout.engine.Stage.InPhase;
import dev.vextrus.rollout.engine.Stage.Scaling;
import dev.vextrus.rollout.engine.Stage.Shifting;
import dev.vextrus.rollout.engine.Stage.Smoking;
import dev.vextrus.rollout.engine.Stage.Winding;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Goes through the phases: scale, shift, smoke, bake, gate. */
final class Advancing {
    private Advancing() {}

    static void advance(Draft draft, InPhase stage) {
        switch (stage) {
            case Scaling(int phase) -> scale(draft, phase);
            case Shifting(int phase) -> shift(draft, phase);
            case Smoking(int phase) -> smoke(draft, phase);
            case Baking(int phase, Duration observed) -> bake(draft, phase, observed);
            case Gating(int phase) -> gate(draft, phase);
            case Extended(int phase, Duration observed) -> extend(draft, phase, observed);
            case Stage.AwaitingApproval waiting -> await(draft, waiting);
        }
    }

    static void toNextPhase(Draft draft, String why) {
        int phase = draft.phase();
        draft.endPhase();
        if (draft.plan.isLast(phase)) {
            draft.enter(new Stage.Completing(Winding.WEIGHT), why);
            draft.tell(false, draft.plan.name() + " " + draft.state.roles().canaryVersion() + " passed all phases");
        } else {
            draft.enter(new Scaling(phase + 1), why);
        }
    }

    private static void scale(Draft draft, int phase) {
        TargetView target = draft.seen.target();
        if (target == null) {
            return;
        }
        Roles roles = draft.state.roles();
        int wanted = draft.plan.phase(phase).replicas();
        if (target.desired(roles.canary()) < wanted) {
            draft.act(new Action.Deploy(roles.canary(), true, wanted));
        } else if (target.ready(roles.canary()) >= wanted) {
            draft.enter(
                    new Shifting(phase),
                    draft.plan.phase(phase) + ": " + wanted + " replica(s) of " + roles.canaryVersion() + " ready");
        }
    }

    private static void shift(Draft draft, int phase) {
        Phase wanted = draft.plan.phase(phase);
        // A watched canary is at hand from the second phase on; the first has nothing to be verified.
        boolean ordered = draft.state.routing().weight() == wanted.weight()
                && draft.state.routing().canary() == draft.state.roles().canary();
        if (!ordered) {
            if (draft.seen.traffic() == null || draft.seen.target() == null || owesFreshVerdict(draft)) {
                return;
            }
            draft.route(Routed.inPhase(draft, phase, draft.seen.traffic().requestsByTenant()));
            draft.state = draft.state.with(draft.state.watch().raised(draft.now));
            draft.note(wanted + ": weight ordered");
        } else if (draft.routed()) {
            List<PhaseRecord> phases = new ArrayList<>(draft.state.phases());
            phases.add(PhaseRecord.begun(phase, draft.now));
            draft.state = draft.state.withPhases(phases);
            draft.enter(new Smoking(phase), wanted + ": weight in force");
        } else if (draft.seen.target() != null) {
            draft.act(new Action.Route(draft.state.routing()));
        }
    }

    /** After a gap only a fresh verdict lets a weight rise, whoever asked for it: the order stands and waits. */
    private static boolean owesFreshVerdict(Draft draft) {
        return draft.state.watch().freshness().owed() && draft.watchedCanary();
    }

    private static void smoke(Draft draft, int phase) {
        Roles roles = draft.state.roles();
        TargetView target = draft.seen.target();
        if (target != null
                && target.ready(roles.canary()) >= draft.plan.phase(phase).replicas()) {
            draft.enter(
                    new Baking(phase, Duration.ZERO),
                    draft.plan.phase(phase) + ": bakes for "
                            + Durations.say(draft.plan.phase(phase).bake()) + " of observed time");
        }
    }

    private static void bake(Draft draft, int phase, Duration observed) {
        Duration now = observed.plus(draft.watched);
        baked(draft);
        draft.update(new Baking(phase, now));
        ContinuousChecks.look(draft);
        if (now.compareTo(draft.plan.phase(phase).bake()) >= 0) {
            Checks checks = draft.state.checks();
            draft.state =
                    draft.state.with(checks.withDecisions(checks.decisions().anew()));
            draft.enter(new Gating(phase), draft.plan.phase(phase) + ": baked for " + Durations.say(now));
        }
    }

    private static void baked(Draft draft) {
        PhaseRecord phase = draft.state.phaseNow();
        if (phase != null && phase.to() == null) {
            draft.replacePhase(phase.baked(draft.watched));
        }
    }

    private static void gate(Draft draft, int phase) {
        PhaseGating.look(draft);
        PhaseGating.Result result = PhaseGating.judge(draft, phase);
        switch (result) {
            case PhaseGating.Passed _ -> {
                if (started(draft, phase)) {
                    toNextPhase(draft, draft.plan.phase(phase) + ": all gates passed");
                }
            }
            case PhaseGating.NeedsApproval(String why) -> {
                draft.enter(new Stage.AwaitingApproval(phase, why), draft.plan.phase(phase) + ": " + why);
                askPerson(draft, why);
            }
            case PhaseGating.Pending _ -> {
                // Answers are on their way; a gate that stays silent for the plan's patience counts as not met.
                if (silentFor(draft).compareTo(draft.plan.blind().maxGap()) > 0) {
                    notMet(draft, phase, result.why());
                }
            }
            case PhaseGating.NotMet(String why) -> notMet(draft, phase, why);
        }
    }

    /** Nothing moves unasked, but who is asked hears how things stand by now. */
    private static void await(Draft draft, Stage.AwaitingApproval waiting) {
        PhaseGating.look(draft);
        PhaseRecord record = draft.state.phaseNow();
        if (record == null || !record.extended()) {
            return;
        }
        PhaseGating.Result result = PhaseGating.judge(draft, waiting.phase());
        draft.update(new Stage.AwaitingApproval(
                waiting.phase(), result instanceof PhaseGating.Passed ? "the gates are met by now" : result.why()));
    }

    private static void askPerson(Draft draft, String why) {
        draft.tell(true, draft.plan.name() + " waits for promote, skip or abort: " + why);
    }

    private static Duration silentFor(Draft draft) {
        return Duration.between(draft.state.since(), draft.now);
    }

    private static void notMet(Draft draft, int phase, String why) {
        PhaseRecord record = draft.state.phaseNow();
        if (record != null && record.extended()) {
            draft.enter(new Stage.AwaitingApproval(phase, why), draft.plan.phase(phase) + ": asks a person: " + why);
            askPerson(draft, why);
            return;
        }
        if (record != null) {
            draft.replacePhase(record.extend());
        }
        draft.enter(
                new Extended(phase, Duration.ZERO),
                draft.plan.phase(phase) + ": extended by at most "
                        + Durations.say(draft.plan.looks().extension()) + ": " + why);
    }

    private static void extend(Draft draft, int phase, Duration observed) {
        Duration now = observed.plus(draft.watched);
        baked(draft);
        draft.update(new Extended(phase, now));
        ContinuousChecks.look(draft);
        PhaseGating.Result result = PhaseGating.judge(draft, phase);
        boolean over = now.compareTo(draft.plan.looks().extension()) >= 0;
        switch (result) {
            case PhaseGating.Passed _ -> draft.enter(new Gating(phase), draft.plan.phase(phase) + ": gates met");
            case PhaseGating.NeedsApproval _ ->
                draft.enter(new Gating(phase), draft.plan.phase(phase) + ": gates met but for approval");
            case PhaseGating.NotMet _, PhaseGating.Pending _ -> {
                if (over) {
                    draft.enter(
                            new Stage.AwaitingApproval(phase, result.why()),
                            draft.plan.phase(phase) + ": asks a person: " + result.why());
                    askPerson(draft, result.why());
                }
            }
        }
    }

    /** Phases may have to begin a given time apart. */
    private static boolean started(Draft draft, int phase) {
        PhaseRecord record = draft.state.phaseNow();
        if (record == null
                || draft.plan.isLast(phase)
                || draft.plan.startEvery().isZero()) {
            return true;
        }
        Instant next = record.from().plus(draft.plan.startEvery());
        return !draft.now.isBefore(next);
    }
}
