package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that happens before the canary's first request. */
final class BeforeTraffic {
    private static final Set<GateName> GATES = EnumSet.of(
            GateName.EVENT_COMPATIBILITY,
            GateName.READ_MODEL,
            GateName.INTEGRITY,
            GateName.PROJECTION_PARITY,
            GateName.DECISION_PARITY);

    private BeforeTraffic() {}

    static void begin(Draft draft) {
        draft.enter(
                new Stage.Preflight(),
                "release " + draft.state.roles().canaryVersion() + " over "
                        + draft.state.roles().stableVersion());
    }

    /** The plan's stable release runs and has all traffic, and somebody can see it. Nothing moves where another serves. */
    static void preflight(Draft draft) {
        TargetView target = draft.seen.target();
        Duration waited = Duration.between(draft.state.since(), draft.now);
        if (target != null) {
            String other = StableNamed.otherServes(draft, target);
            if (other != null) {
                refuse(draft, ReasonCode.STABLE_DIFFERS, other);
                return;
            }
            Roles roles = draft.state.roles();
            boolean ordered = StableNamed.ordered(draft, target);
            if (!ordered || target.desired(roles.stable()) < draft.plan.stableReplicas()) {
                draft.act(new Action.Deploy(
                        roles.stable(), false, Math.max(target.desired(roles.stable()), draft.plan.stableReplicas())));
            }
            boolean ready = ordered && target.ready(roles.stable()) >= draft.plan.stableReplicas();
            if (ready && routedToStable(draft, target) && draft.seen.traffic() != null) {
                draft.act(new Action.Deploy(roles.canary(), true, 1));
                draft.enter(
                        new Stage.Staging(),
                        "stable " + roles.stableVersion() + " is ready, routed to and watched; " + roles.canaryVersion()
                                + " starts without traffic");
                return;
            }
        }
        boolean looping = target != null && StableStart.looping(draft, target) != null;
        if (looping || waited.compareTo(draft.plan.stable().readyWithin()) > 0) {
            refuseUnready(draft, target);
        }
    }

    private static boolean routedToStable(Draft draft, TargetView target) {
        Routing inForce = target.routing();
        Routing wanted = Routed.stableOnly(draft);
        if (inForce != null && inForce.sameEffect(wanted)) {
            if (inForce.epoch() > draft.state.routing().epoch()) {
                draft.state = draft.state.routed(inForce, draft.now);
            }
            return true;
        }
        if (inForce != null && inForce.epoch() > draft.state.routing().epoch()) {
            draft.state = draft.state.routed(
                    new Routing(inForce.epoch(), wanted.stable(), wanted.canary(), 0, List.of(), false), draft.now);
        }
        if (target.ready(draft.state.roles().stable()) > 0) {
            draft.route(wanted);
        }
        return false;
    }

    private static void refuseUnready(Draft draft, @Nullable TargetView target) {
        String missing = target == null
                ? "the target does not answer"
                : draft.seen.traffic() == null ? "the metrics do not answer" : StableStart.missing(draft, target);
        ReasonCode reason = target != null && draft.seen.traffic() != null
                ? ReasonCode.STABLE_NOT_READY
                : ReasonCode.PREFLIGHT_FAILED;
        refuse(draft, reason, missing);
    }

    private static void refuse(Draft draft, ReasonCode reason, String missing) {
        draft.state = draft.state.with(new Ending(reason, missing, Map.of(), draft.now, true, List.of(), List.of()));
        draft.enter(new Stage.Refused(), reason + ": " + missing);
    }

    /** The canary's first instance answers, if only that its read model is being built. */
    static void stage(Draft draft) {
        TargetView target = draft.seen.target();
        if (target == null) {
            return;
        }
        Roles roles = draft.state.roles();
        if (target.desired(roles.canary()) < 1) {
            draft.act(new Action.Deploy(roles.canary(), true, 1));
            return;
        }
        draft.look(new Look.ReadModel(roles.canary()));
        boolean builds = draft.state.checks().readModel() != null;
        if (target.ready(roles.canary()) >= 1 || builds) {
            draft.enter(
                    new Stage.Preparing(), roles.canaryVersion() + " is up without traffic; its gates are looked at");
        }
    }

    static void prepare(Draft draft) {
        Checks checks = draft.state.checks();
        if (silent(draft, checks)) {
            return;
        }
        Roles roles = draft.state.roles();
        TargetView target = draft.seen.target();
        if (checks.gate(GateName.EVENT_COMPATIBILITY).outcome() == GateStatus.Outcome.WAITING) {
            draft.look(new Look.Releases(roles.stable(), roles.canary()));
            return;
        }
        if (checks.gate(GateName.READ_MODEL).outcome() == GateStatus.Outcome.WAITING) {
            draft.look(new Look.ReadModel(roles.canary()));
            return;
        }
        lookAtProofs(draft, checks);
        boolean open = GATES.stream().allMatch(g -> checks.gate(g).letsThrough()) && pagedThrough(checks);
        if (open && target != null && target.ready(roles.canary()) >= 1) {
            draft.enter(new Stage.Scaling(0), "all gates before the first traffic are passed" + forced(checks));
        }
    }

    /** A release that offered its contract and no longer answers is waited for, with a person called, but not for ever. */
    private static boolean silent(Draft draft, Checks checks) {
        Optional<GateName> waiting = GATES.stream()
                .filter(g -> checks.gate(g).outcome() == GateStatus.Outcome.WAITING)
                .findFirst();
        if (waiting.isEmpty()) {
            return false;
        }
        Instant moved = checks.contact().movedAt();
        Instant from = moved != null && moved.isAfter(draft.state.since()) ? moved : draft.state.since();
        Duration silence = Duration.between(from, draft.now);
        String what = "gate " + waiting.get().label() + " has waited for " + Durations.say(silence) + ": "
                + checks.gate(waiting.get()).why();
        if (silence.compareTo(draft.plan.blind().maxSilence()) >= 0) {
            draft.rollBack(ReasonCode.CONTRACT_SILENT, what, Map.of("silentSeconds", silence.toMillis() / 1000.0));
            return true;
        }
        if (silence.compareTo(draft.plan.blind().pageAfter()) >= 0
                && !checks.contact().paged()) {
            draft.state = draft.state.with(checks.with(checks.contact().paging()));
            draft.tell(true, draft.plan.name() + " waits before its first traffic: " + what);
        }
        return false;
    }

    private static void lookAtProofs(Draft draft, Checks checks) {
        Roles roles = draft.state.roles();
        if (ContinuousChecks.on(checks, GateName.INTEGRITY)) {
            if (checks.stableIntegrity() == null) {
                draft.look(new Look.Integrity(roles.stable()));
            }
            if (checks.canaryIntegrity() == null) {
                draft.look(new Look.Integrity(roles.canary()));
            }
        }
        if (ContinuousChecks.on(checks, GateName.PROJECTION_PARITY)
                && !checks.parity().complete()) {
            draft.look(new Look.Parity(
                    roles.stable(), roles.canary(), checks.parity().after(), ContinuousChecks.CUTS_PER_LOOK));
        }
        if (ContinuousChecks.on(checks, GateName.DECISION_PARITY)
                && !checks.decisions().reached()) {
            draft.look(new Look.Decisions(
                    roles.stable(),
                    roles.canary(),
                    roles.canaryVersion(),
                    checks.decisions().after(),
                    ContinuousChecks.COMMANDS_PER_LOOK));
        }
    }

    private static boolean pagedThrough(Checks checks) {
        return (checks.decisions().reached() || !ContinuousChecks.on(checks, GateName.DECISION_PARITY))
                && (checks.parity().complete() || !ContinuousChecks.on(checks, GateName.PROJECTION_PARITY));
    }

    private static String forced(Checks checks) {
        List<String> forced = GATES.stream()
                .filter(g -> checks.gate(g).outcome() == GateStatus.Outcome.FORCED)
                .map(GateName::label)
                .toList();
        return forced.isEmpty() ? "" : ", by force: " + String.join(", ", forced);
    }
}
