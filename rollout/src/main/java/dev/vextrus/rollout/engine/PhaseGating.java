package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.analysis.Verdict;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.PhaseGates;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Whether a phase may end. */
final class PhaseGating {
    private PhaseGating() {}

    /** The gates taken together. */
    sealed interface Result {
        String why();
    }

    record Passed(String why) implements Result {}

    /** Answers are still to come. */
    record Pending(String why) implements Result {}

    record NotMet(String why) implements Result {}

    /** All figures are good, and a person has to say so: the plan wants it, or a proof cannot be had any more. */
    record NeedsApproval(String why) implements Result {}

    /** Gates rest on proofs made after the bake, not before it. */
    static void look(Draft draft) {
        boolean fresh = ContinuousChecks.missing(draft, draft.state.since()) == null;
        if (fresh) {
            ContinuousChecks.look(draft);
        } else {
            ContinuousChecks.look(draft, draft.state.since().minusNanos(1));
        }
    }

    static Result judge(Draft draft, int phase) {
        PhaseGates gates = draft.plan.phase(phase).gates();
        Map<GateName, GateStatus> found = new EnumMap<>(GateName.class);
        found.put(GateName.ERROR_RATE, errorRate(draft, gates));
        found.put(GateName.LATENCY, latency(draft, gates));
        found.put(GateName.VERDICT, verdict(draft, gates));
        found.forEach((name, status) ->
                draft.state = draft.state.with(draft.state.checks().with(name, status)));
        if (draft.state.watch().freshness().owed()) {
            return new Pending("a fresh verdict is owed after a gap in the observation");
        }
        for (GateStatus status : found.values()) {
            if (!status.letsThrough()) {
                return new NotMet(status.why());
            }
        }
        String missing = ContinuousChecks.missing(draft, draft.state.since());
        if (missing != null) {
            return new Pending(missing);
        }
        String uncompared = ContinuousChecks.uncompared(draft);
        if (uncompared != null) {
            return new NeedsApproval(uncompared);
        }
        if (!ContinuousChecks.stableIsGone(draft)) {
            draft.state = draft.state.with(draft.state.checks().compared(draft.now));
        }
        return gates.approval()
                ? new NeedsApproval(
                        "all gates passed; the plan asks for approval after " + phase(draft.plan.phase(phase)))
                : new Passed("all gates passed");
    }

    private static GateStatus errorRate(Draft draft, PhaseGates gates) {
        PhaseRecord record = draft.state.phaseNow();
        if (record == null) {
            return GateStatus.waiting("the phase has not begun");
        }
        double canary = record.judged().canary().errorRate();
        double stable = record.judged().stable().errorRate();
        String why = String.format(
                Locale.ROOT,
                "error rate %.2f %% (allowed %.2f %%), stable %.2f %%",
                100 * canary,
                100 * gates.maxErrorRate(),
                100 * stable);
        // What stable shows as well is no fault of the canary's: the verdict compares the two.
        return canary <= Math.max(gates.maxErrorRate(), stable) || alike(record, gates)
                ? GateStatus.passed(why)
                : GateStatus.failed(why);
    }

    /** After an outage of both, one of them has the higher rate by chance. */
    private static boolean alike(PhaseRecord record, PhaseGates gates) {
        Tally canary = record.judged().canary();
        double stable = record.judged().stable().errorRate();
        return stable > gates.maxErrorRate()
                && PlainRules.chance(canary.faults(), stable * canary.requests()) >= PlainRules.SURPRISE;
    }

    private static GateStatus latency(Draft draft, PhaseGates gates) {
        PhaseRecord record = draft.state.phaseNow();
        if (record == null) {
            return GateStatus.waiting("the phase has not begun");
        }
        double canary = record.judged().canary().p95Millis();
        double stable = record.judged().stable().p95Millis();
        String why = String.format(
                Locale.ROOT, "P95 %.0f ms (allowed %d ms), stable %.0f ms", canary, gates.maxP95Millis(), stable);
        return canary <= Math.max(gates.maxP95Millis(), stable) ? GateStatus.passed(why) : GateStatus.failed(why);
    }

    private static GateStatus verdict(Draft draft, PhaseGates gates) {
        Evidence evidence = draft.state.watch().evidence();
        if (evidence == null) {
            return GateStatus.waiting("no canary request yet");
        }
        Verdict verdict =
                new Analysis(draft.plan.analysis(), draft.state.watch().history()).verdict(evidence);
        return switch (verdict) {
            case Verdict.Safe _ -> GateStatus.passed("shown to be safe");
            case Verdict.Inconclusive inconclusive -> {
                String why = "inconclusive: " + String.join("; ", inconclusive.missing());
                yield switch (gates.verdict()) {
                    case SAFE -> GateStatus.failed(why);
                    case NOT_HARMFUL -> GateStatus.passed("not shown to be harmful; " + why);
                };
            }
            case Verdict.Harmful harmful -> GateStatus.failed("harmful: " + harmful.metric());
        };
    }

    private static String phase(Phase phase) {
        return phase.toString();
    }
}
