package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Stage.Winding;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.IntegrityChecks;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes a colour out of service: the canary on a rollback, the old release after the last phase. */
final class WindingDown {
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(30);
    private static final Duration VERIFY_PATIENCE = Duration.ofSeconds(30);

    private WindingDown() {}

    static void rollBack(Draft draft, Winding step) {
        Roles roles = draft.state.roles();
        switch (step) {
            case CAPACITY -> capacity(draft);
            case WEIGHT -> weight(draft, Routed.nothingToCanary(draft), Winding.DRAIN);
            case DRAIN -> drain(draft, roles.canary());
            case EVIDENCE -> evidence(draft);
            case STOP -> stop(draft, roles.canary());
            case VERIFY -> verify(draft, roles.stable());
        }
    }

    static void complete(Draft draft, Winding step) {
        Roles roles = draft.state.roles();
        switch (step) {
            case CAPACITY, WEIGHT -> weight(draft, Routed.promoted(draft), Winding.DRAIN);
            case DRAIN, EVIDENCE -> drain(draft, roles.stable());
            case STOP -> stop(draft, roles.stable());
            case VERIFY -> verify(draft, roles.canary());
        }
    }

    /** Under proportional capacity a rollback first waits for stable to grow back, but not for ever. */
    private static void capacity(Draft draft) {
        TargetView target = draft.seen.target();
        Color stable = draft.state.roles().stable();
        int wanted = draft.plan.stableReplicas();
        boolean late = inStep(draft).compareTo(draft.plan.stable().readyWithin()) > 0;
        if (target != null && target.desired(stable) < wanted) {
            draft.act(new Action.Deploy(stable, false, wanted));
        } else if (late || (target != null && target.ready(stable) >= wanted)) {
            next(draft, Winding.WEIGHT, late ? "stable has not grown back in time" : "stable has grown back");
        }
    }

    /** One action, then proof by observation: only what is in force counts. */
    private static void weight(Draft draft, Routing wanted, Winding after) {
        if (!draft.state.routing().sameEffect(wanted)) {
            draft.route(wanted);
            return;
        }
        if (draft.routed()) {
            next(draft, after, "no new request goes to " + leaving(draft).label());
        } else if (draft.seen.target() != null) {
            draft.act(new Action.Route(draft.state.routing()));
        }
    }

    private static void drain(Draft draft, Color color) {
        TargetView target = draft.seen.target();
        if (target == null) {
            return;
        }
        boolean gone = target.of(color).isEmpty();
        if (!gone && target.desired(color) > 0 && !target.draining().contains(color)) {
            draft.act(new Action.Drain(color));
            return;
        }
        int inFlight = target.inFlight().getOrDefault(color, 0);
        boolean patient = inStep(draft).compareTo(DRAIN_PATIENCE) < 0;
        if (gone || inFlight == 0 || !patient) {
            boolean back = draft.state.stage().kind() == StageKind.ROLLING_BACK;
            if (back) {
                draft.act(new Action.CollectEvidence(color));
            }
            next(
                    draft,
                    back ? Winding.EVIDENCE : Winding.STOP,
                    inFlight == 0 ? color.label() + " has finished its requests" : inFlight + " requests still open");
        }
    }

    /** The differing events are asked for while the release that made them still runs. */
    private static void evidence(Draft draft) {
        Ending ending = draft.state.ending();
        if (ending != null && !draft.seen.evidenceFiles().isEmpty()) {
            draft.state = draft.state.with(ending.withEvidence(draft.seen.evidenceFiles()));
        }
        Violation violation = draft.state.checks().violation();
        if (violation != null && violation.needsExplaining() && violation.explain() != null) {
            draft.look(violation.explain());
            draft.state = draft.state.with(draft.state.checks().with(violation.askedAgain()));
            return;
        }
        next(draft, Winding.STOP, "evidence is kept");
    }

    private static void stop(Draft draft, Color color) {
        TargetView target = draft.seen.target();
        if (target == null) {
            return;
        }
        if (target.desired(color) > 0 || !target.of(color).isEmpty()) {
            draft.act(new Action.Stop(color));
            return;
        }
        if (draft.state.stage().kind() == StageKind.ROLLING_BACK) {
            Routing wanted = Routed.stableOnly(draft);
            if (!draft.state.routing().sameEffect(wanted)) {
                draft.route(wanted);
                return;
            }
        }
        next(draft, Winding.VERIFY, color.label() + " has stopped");
    }

    /** The data is proven once more by the release that stays. */
    private static void verify(Draft draft, Color serving) {
        boolean back = draft.state.stage().kind() == StageKind.ROLLING_BACK;
        Checks checks = draft.state.checks();
        Instant answered = back ? at(checks.stableIntegrity()) : at(checks.canaryIntegrity());
        boolean proven = answered.isAfter(draft.state.since());
        boolean off = !ContinuousChecks.on(checks, GateName.INTEGRITY);
        boolean patient = inStep(draft).compareTo(VERIFY_PATIENCE) < 0;
        if (!proven && !off && patient) {
            draft.look(new Look.Integrity(serving));
            return;
        }
        Roles roles = draft.state.roles();
        IntegrityReport report = proven ? report(back ? checks.stableIntegrity() : checks.canaryIntegrity()) : null;
        String version = back ? roles.stableVersion() : roles.canaryVersion();
        String proof = report != null
                ? said(version, report)
                : off ? "the release does not tell its integrity" : "integrity could not be proven afterwards";
        if (report != null && !report.ok()) {
            draft.tell(true, draft.plan.name() + ": " + proof);
        }
        if (!back) {
            draft.enter(new Stage.Completed(), roles.canaryVersion() + " is the stable release; " + proof);
            draft.tell(false, draft.plan.name() + " " + roles.canaryVersion() + " is promoted");
            return;
        }
        Ending ending = draft.state.ending();
        boolean untouched = ending != null && ending.beforeTraffic();
        boolean refused = ending != null
                && untouched
                && (draft.state.checks().violation() != null || ending.reason() == ReasonCode.CONTRACT_SILENT);
        draft.enter(
                refused ? new Stage.Refused() : new Stage.RolledBack(),
                (untouched ? "all is as before; " : roles.stableVersion() + " serves alone again; ") + proof);
    }

    private static @Nullable IntegrityReport report(Checks.@Nullable Dated<IntegrityReport> dated) {
        return dated == null ? null : dated.value();
    }

    /** Stopping a release takes back none of what it wrote. */
    private static String said(String version, IntegrityReport report) {
        if (report.ok()) {
            return "integrity was proven afterwards";
        }
        return "integrity is NOT proven: " + version + ": " + IntegrityChecks.describe(report)
                + (IntegrityChecks.failed(report, IntegrityChecks.EVENTS_READABLE)
                        ? "; these events stay in the log: release a version that reads them"
                        : "");
    }

    private static Instant at(Checks.@Nullable Dated<?> dated) {
        return dated == null ? Instant.MIN : dated.at();
    }

    private static Color leaving(Draft draft) {
        Roles roles = draft.state.roles();
        return draft.state.stage().kind() == StageKind.ROLLING_BACK ? roles.canary() : roles.stable();
    }

    private static Duration inStep(Draft draft) {
        return Duration.between(draft.state.since(), draft.now);
    }

    private static void next(Draft draft, Winding step, String why) {
        draft.enter(
                draft.state.stage().kind() == StageKind.ROLLING_BACK
                        ? new Stage.RollingBack(step)
                        : new Stage.Completing(step),
                why);
    }
}
