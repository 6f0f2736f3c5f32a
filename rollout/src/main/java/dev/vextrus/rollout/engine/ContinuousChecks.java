package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Checks.Dated;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.IntegrityReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks both releases, again and again during a bake, for the proofs that tolerate nothing. */
final class ContinuousChecks {
    static final int COMMANDS_PER_LOOK = 500;
    static final int CUTS_PER_LOOK = 100;

    private ContinuousChecks() {}

    static void look(Draft draft) {
        Instant due = draft.now.minus(draft.plan.looks().integrity());
        look(draft, due);
    }

    /** Asks for whatever was last answered at or before {@code due}. */
    static void look(Draft draft, Instant due) {
        Checks checks = draft.state.checks();
        Roles roles = draft.state.roles();
        if (on(checks, GateName.INTEGRITY)) {
            integrity(draft, roles.canary(), checks.canaryIntegrity(), due);
        }
        if (stableIsGone(draft)) {
            return;
        }
        if (on(checks, GateName.INTEGRITY)) {
            integrity(draft, roles.stable(), checks.stableIntegrity(), due);
        }
        if (on(checks, GateName.PROJECTION_PARITY) && isDue(checks.parity().at(), due)) {
            draft.look(new Look.Parity(
                    roles.stable(), roles.canary(), checks.parity().after(), CUTS_PER_LOOK));
        }
        boolean behind = checks.decisions().at() != null && !checks.decisions().complete();
        if (on(checks, GateName.DECISION_PARITY)
                && (behind || isDue(checks.decisions().at(), due))) {
            draft.look(new Look.Decisions(
                    roles.stable(),
                    roles.canary(),
                    roles.canaryVersion(),
                    checks.decisions().after(),
                    COMMANDS_PER_LOOK));
        }
    }

    /**
     * Under proportional capacity a phase may leave stable no instance. Both were compared at the end of the phase before,
     * over all that was recorded until then; what is recorded from then on only the canary decides, and its integrity is
     * proven as ever.
     */
    static boolean stableIsGone(Draft draft) {
        return draft.state.stage() instanceof Stage.InPhase in && draft.plan.stableReplicasIn(in.phase()) == 0;
    }

    /** What was not yet answered since {@code since}; null where all was, is off, or is nobody's to answer. */
    static @Nullable String missing(Draft draft, Instant since) {
        Checks checks = draft.state.checks();
        if (on(checks, GateName.INTEGRITY) && !answered(checks.canaryIntegrity(), since)) {
            return "the new release has not proven its integrity: "
                    + checks.gate(GateName.INTEGRITY).why();
        }
        if (stableIsGone(draft)) {
            return null;
        }
        if (on(checks, GateName.PROJECTION_PARITY) && isBefore(checks.parity().at(), since)) {
            return "the read models have not been compared: "
                    + checks.gate(GateName.PROJECTION_PARITY).why();
        }
        if (on(checks, GateName.DECISION_PARITY)
                && (isBefore(checks.decisions().at(), since)
                        || !checks.decisions().reached())) {
            return "not all commands recorded until then have been decided again: "
                    + Findings.sayDecided(checks.decisions());
        }
        return null;
    }

    /**
     * Why the comparison on which a phase without stable rests was not made; null where it was, or none is due. Who skips the
     * phase before, or lets it through, leaves it out, and now there is nobody left to make it with.
     */
    static @Nullable String uncompared(Draft draft) {
        Checks checks = draft.state.checks();
        if (!stableIsGone(draft) || !(on(checks, GateName.PROJECTION_PARITY) || on(checks, GateName.DECISION_PARITY))) {
            return null;
        }
        List<PhaseRecord> beside = draft.state.phases().stream()
                .filter(record -> draft.plan.stableReplicasIn(record.phase()) > 0)
                .toList();
        if (beside.isEmpty() || !isBefore(checks.comparedAt(), beside.getLast().from())) {
            return null; // a plan that begins so was compared before its first traffic
        }
        // Of a phase that an older controller saw to its end, nobody wrote down that they were.
        return "nothing tells that the releases were compared at the end of "
                + draft.plan.phase(beside.getLast().phase())
                + ", as where a person skips it or lets it through, and stable has no replica left to compare with: promote to"
                + " do without, or abort";
    }

    static boolean on(Checks checks, GateName gate) {
        return checks.gate(gate).outcome() != GateStatus.Outcome.OFF;
    }

    private static void integrity(Draft draft, Color color, @Nullable Dated<IntegrityReport> last, Instant due) {
        if (isDue(last == null ? null : last.at(), due)) {
            draft.look(new Look.Integrity(color));
        }
    }

    private static boolean answered(@Nullable Dated<IntegrityReport> last, Instant since) {
        return last != null && !last.at().isBefore(since);
    }

    private static boolean isDue(@Nullable Instant last, Instant due) {
        return last == null || !last.isAfter(due);
    }

    private static boolean isBefore(@Nullable Instant last, Instant since) {
        return last == null || last.isBefore(since);
    }
}
