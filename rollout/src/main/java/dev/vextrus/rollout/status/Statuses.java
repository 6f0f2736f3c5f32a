package dev.vextrus.rollout.status;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.Verdict;
import dev.vextrus.rollout.analysis.VerdictNumbers;
import dev.vextrus.rollout.engine.Checks.Dated;
import dev.vextrus.rollout.engine.Durations;
import dev.vextrus.rollout.engine.Ending;
import dev.vextrus.rollout.engine.PhaseRecord;
import dev.vextrus.rollout.engine.RecentTraffic;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.engine.Tally;
import dev.vextrus.rollout.engine.Watch;
import dev.vextrus.rollout.gate.IntegrityChecks;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.status.StatusView.Bake;
import dev.vextrus.rollout.status.StatusView.Evidence;
import dev.vextrus.rollout.status.StatusView.Gate;
import dev.vextrus.rollout.status.StatusView.Integrity;
import dev.vextrus.rollout.status.StatusView.MetricLine;
import dev.vextrus.rollout.status.StatusView.PhaseLine;
import dev.vextrus.rollout.status.StatusView.TrackLine;
import dev.vextrus.rollout.status.StatusView.Tracks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a {@link StatusView} of a state. */
public final class Statuses {
    private Statuses() {}

    public static StatusView of(RolloutPlan plan, RolloutState state, Instant now) {
        Ending ending = state.ending();
        Stage.Holding holding = state.stage() instanceof Stage.Holding h ? h : null;
        return new StatusView(
                plan.name(),
                state.id(),
                state.roles().stableVersion(),
                state.roles().canaryVersion(),
                state.stage().kind().name(),
                now,
                outcome(state),
                ending == null ? null : ending.reason().name(),
                ending == null ? null : ending.message(),
                ending == null ? Map.of() : ending.numbers(),
                phase(state),
                plan.phases().size(),
                weight(state),
                bake(plan, state.stage()),
                NextSteps.say(plan, state),
                holding == null
                        ? null
                        : holding.cause().name() + " for " + Durations.say(Duration.between(holding.from(), now)),
                state.pendingEdit() == null ? null : state.pendingEdit().summary(),
                tracks(state),
                evidence(plan, state),
                state.checks().gates().entrySet().stream()
                        .map(g -> new Gate(
                                g.getKey().label(),
                                g.getValue().outcome().name().toLowerCase(Locale.ROOT),
                                g.getValue().why()))
                        .toList(),
                phases(plan, state),
                state.watch().stable().dropped() + state.watch().canary().dropped(),
                secondsToDecision(state),
                secondsToNoCanaryTraffic(state),
                elapsed(state, now).toMillis() / 1000.0,
                integrity(state),
                ending == null ? List.of() : ending.differences(),
                ending == null ? List.of() : ending.evidence(),
                state.stage().kind().commands().stream()
                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /**
     * Share of the traffic that the new release has by order, 0 to 1. Once promoted it is the stable release and no canary
     * is routed to: then it has all of it.
     */
    public static double weight(RolloutState state) {
        Routing routing = state.routing();
        boolean promoted =
                routing.canary() == null && routing.stable() == state.roles().canary();
        return promoted ? 1 : routing.weight();
    }

    /** How long it has been under way; once it has ended, how long it was. */
    public static Duration elapsed(RolloutState state, Instant now) {
        return Duration.between(state.startedAt(), state.stage().kind().ended() ? state.since() : now);
    }

    /** Outside all phases the last one that was in force; 0 before the first. */
    private static int phase(RolloutState state) {
        int now = NextSteps.phaseOf(state.stage()) + 1;
        return now > 0 || state.phases().isEmpty()
                ? now
                : state.phases().getLast().phase() + 1;
    }

    private static @Nullable String outcome(RolloutState state) {
        return switch (state.stage()) {
            case Stage.Completed _ -> "promoted";
            case Stage.RolledBack _ -> "rolled-back";
            case Stage.Refused _ -> "refused";
            default -> null;
        };
    }

    private static @Nullable Bake bake(RolloutPlan plan, Stage stage) {
        return switch (stage) {
            case Stage.Baking baking ->
                new Bake(
                        baking.observed().toMillis() / 1000.0,
                        plan.phase(baking.phase()).bake().toMillis() / 1000.0);
            case Stage.Extended extended ->
                new Bake(
                        extended.observed().toMillis() / 1000.0,
                        plan.looks().extension().toMillis() / 1000.0);
            case Stage.Holding holding -> bake(plan, holding.resumeTo());
            case Stage.Paused paused -> bake(plan, paused.resumeTo());
            default -> null;
        };
    }

    private static Tracks tracks(RolloutState state) {
        List<RecentTraffic.Slice> slices = state.watch().recent().slices();
        RecentTraffic.Slice last =
                slices.isEmpty() ? new RecentTraffic.Slice(0, Tally.NONE, Tally.NONE) : slices.getLast();
        return new Tracks(
                track(
                        state.watch().stable(),
                        last.stable(),
                        state.roles().stableVersion(),
                        state.roles().stable()),
                track(
                        state.watch().canary(),
                        last.canary(),
                        state.roles().canaryVersion(),
                        state.roles().canary()));
    }

    private static TrackLine track(Watch.Track track, Tally last, String version, Color color) {
        return new TrackLine(
                version,
                color.label(),
                track.requests(),
                track.failed(),
                track.tally().p95Millis(),
                last.requests(),
                last.faults(),
                last.p95Millis());
    }

    private static @Nullable Evidence evidence(RolloutPlan plan, RolloutState state) {
        if (state.watch().evidence() == null) {
            return null;
        }
        Verdict verdict = new Analysis(plan.analysis(), state.watch().history())
                .verdict(state.watch().evidence());
        VerdictNumbers numbers = verdict.numbers();
        List<MetricLine> metrics = new ArrayList<>();
        numbers.metrics()
                .forEach((metric, m) -> metrics.add(new MetricLine(
                        metric.name().toLowerCase(Locale.ROOT),
                        m.eValue(),
                        m.canaryCount(),
                        m.canaryRequests(),
                        m.stableCount(),
                        m.stableRequests(),
                        m.upperBound(),
                        m.tolerated(),
                        m.safe())));
        metrics.sort((a, b) -> a.metric().compareTo(b.metric()));
        return new Evidence(
                switch (verdict) {
                    case Verdict.Harmful _ -> "harmful";
                    case Verdict.Safe _ -> "safe";
                    case Verdict.Inconclusive _ -> "inconclusive";
                },
                numbers.eValue(),
                numbers.threshold(),
                metrics,
                numbers.concurrent(),
                numbers.share(),
                numbers.shareSource().name().toLowerCase(Locale.ROOT),
                verdict instanceof Verdict.Inconclusive i ? i.missing() : List.of());
    }

    private static List<PhaseLine> phases(RolloutPlan plan, RolloutState state) {
        List<PhaseLine> lines = new ArrayList<>();
        for (PhaseRecord phase : state.phases()) {
            lines.add(new PhaseLine(
                    phase.phase() + 1,
                    plan.phase(phase.phase()).trafficPercent(),
                    phase.observed().toMillis() / 1000.0,
                    phase.to() == null ? null : seconds(phase.from(), phase.to()),
                    phase.extended(),
                    phase.canary().requests(),
                    phase.canary().faults(),
                    phase.canary().p95Millis()));
        }
        return lines;
    }

    private static @Nullable Double secondsToDecision(RolloutState state) {
        Instant first = state.watch().canary().first();
        return state.ending() == null || first == null
                ? null
                : Math.max(0, seconds(first, state.ending().decidedAt()));
    }

    private static @Nullable Double secondsToNoCanaryTraffic(RolloutState state) {
        Instant last = state.watch().canary().totals().last();
        return state.ending() == null || last == null || state.watch().canary().first() == null
                ? null
                : Math.max(0, seconds(state.ending().decidedAt(), last));
    }

    private static @Nullable Integrity integrity(RolloutState state) {
        boolean promoted = state.stage() instanceof Stage.Completed;
        Dated<IntegrityReport> proof =
                promoted ? state.checks().canaryIntegrity() : state.checks().stableIntegrity();
        return proof == null
                ? null
                : new Integrity(
                        check(proof.value(), IntegrityChecks.BALANCED),
                        check(proof.value(), IntegrityChecks.READ_MODELS),
                        check(proof.value(), IntegrityChecks.CHAIN),
                        proof.value().position());
    }

    private static @Nullable Boolean check(IntegrityReport report, String name) {
        for (IntegrityReport.Check check : report.checks()) {
            if (check.name().equals(name)) {
                return check.ok();
            }
        }
        return null;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
