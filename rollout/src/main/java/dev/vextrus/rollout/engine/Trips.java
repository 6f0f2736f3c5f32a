package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.analysis.Excess;
import dev.vextrus.rollout.analysis.Metric;
import dev.vextrus.rollout.analysis.Verdict;
import dev.vextrus.rollout.analysis.VerdictNumbers;
import dev.vextrus.rollout.observation.InstanceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What ends a rollout at once, in the order in which it explains most: broken data, dying instances, then statistics. */
final class Trips {
    private Trips() {}

    /** @return whether the rollout goes back */
    static boolean trip(Draft draft) {
        if (!watches(draft.state.stage().kind())) {
            return false;
        }
        Violation violation = draft.state.checks().violation();
        if (violation != null) {
            draft.rollBack(violation.reason(), violation.message(), Map.of());
            return true;
        }
        if (draft.seen.target() != null
                && instances(draft, draft.seen.target().of(draft.state.roles().canary()))) {
            return true;
        }
        return draft.seen.traffic() != null && draft.state.trafficBegun() && traffic(draft);
    }

    private static boolean watches(StageKind kind) {
        return switch (kind) {
            case STAGING,
                    PREPARING,
                    SCALING,
                    SHIFTING,
                    SMOKING,
                    BAKING,
                    GATING,
                    EXTENDED,
                    AWAITING_APPROVAL,
                    PAUSED,
                    HOLDING -> true;
            case PENDING, PREFLIGHT, COMPLETING, COMPLETED, ROLLING_BACK, ROLLED_BACK, REFUSED -> false;
        };
    }

    private static boolean instances(Draft draft, List<InstanceView> canaries) {
        for (InstanceView instance : canaries) {
            int crashes = crashes(draft, instance);
            if (crashes >= draft.plan.rollback().crashLoopRestarts()) {
                draft.rollBack(ReasonCode.CRASH_LOOP, died(draft, instance, crashes), Map.of("exits", crashes * 1.0));
                return true;
            }
            Instant waitsSince = waitsSince(draft, instance);
            Duration waited = Duration.between(waitsSince, draft.now);
            if (!instance.everReady() && waited.compareTo(draft.plan.canary().readyWithin()) > 0) {
                ReasonCode reason = crashes > 0 ? ReasonCode.CRASH_LOOP : ReasonCode.NEVER_READY;
                String message = crashes > 0
                        ? died(draft, instance, crashes)
                        : instance.id() + " was not ready within "
                                + Durations.say(draft.plan.canary().readyWithin())
                                + (instance.lastExit() == null ? "" : "; last: " + instance.lastExit());
                draft.rollBack(reason, message, Map.of("waitedSeconds", waited.toMillis() / 1000.0));
                return true;
            }
        }
        if (draft.state.watch().unready().looks() >= draft.plan.rollback().readinessFailures()) {
            return readinessLost(draft, canaries);
        }
        return false;
    }

    /** Building a read model has no deadline while it gets on: the deadline runs from its last progress. */
    private static Instant waitsSince(Draft draft, InstanceView instance) {
        Instant moved = draft.state.checks().readModelMovedAt();
        return moved != null && moved.isAfter(instance.startedAt()) ? moved : instance.startedAt();
    }

    static int crashes(Draft draft, InstanceView instance) {
        return draft.state
                .watch()
                .crashes()
                .getOrDefault(instance.id(), List.of())
                .size();
    }

    /** An exit explains the readiness that it cost: who died and is not back in time is told as having died. */
    private static boolean readinessLost(Draft draft, List<InstanceView> canaries) {
        for (InstanceView instance : canaries) {
            if (crashes(draft, instance) > 0 && !instance.ready()) {
                draft.rollBack(
                        ReasonCode.CRASH_LOOP,
                        died(draft, instance, crashes(draft, instance)),
                        Map.of("exits", crashes(draft, instance) * 1.0));
                return true;
            }
        }
        int looks = draft.state.watch().unready().looks();
        draft.rollBack(
                ReasonCode.READINESS_LOST,
                "an instance that was ready is not, at " + looks + " looks in a row, while stable is",
                Map.of("looks", looks * 1.0));
        return true;
    }

    static String died(Draft draft, InstanceView instance, int crashes) {
        return instance.id() + " ended " + crashes + " time(s) within "
                + Durations.say(draft.plan.rollback().crashWindow())
                + (instance.lastExit() == null ? "" : "; last: " + instance.lastExit());
    }

    private static boolean traffic(Draft draft) {
        Evidence evidence = draft.state.watch().evidence();
        Analysis analysis =
                new Analysis(draft.plan.analysis(), draft.state.watch().history());
        // Asked at every step; the numbers that go with a verdict are dear, and only wanted where there is one.
        if (evidence != null
                && analysis.isHarmful(evidence)
                && analysis.verdict(evidence) instanceof Verdict.Harmful harmful) {
            String message = describe(harmful, draft.now.getEpochSecond());
            if (harmful.metric() != Metric.SLOW) {
                return accuse(draft, reason(harmful.metric()), message, numbers(harmful));
            }
            if (slow(draft, reason(harmful.metric()), message, numbers(harmful))) {
                return true;
            }
        }
        PlainRules.Broken broken = broken(draft);
        if (broken != null && !broken.shared() && broken.lasting()) {
            if (broken.reason() != ReasonCode.LATENCY) {
                return accuse(draft, broken.reason(), broken.message(), broken.numbers());
            }
            if (slow(draft, broken.reason(), broken.message(), broken.numbers())) {
                return true;
            }
        }
        ClientErrors.Finding blames =
                draft.watchedCanary() ? draft.state.watch().clientErrors().judge() : null;
        if (blames != null) {
            return accuse(draft, ReasonCode.CLIENT_ERRORS, blames.message(), blames.numbers());
        }
        Hearing.dismiss(draft);
        return false;
    }

    private static boolean slow(Draft draft, ReasonCode reason, String message, Map<String, Double> numbers) {
        return SharedSlowness.excuses(draft)
                ? SharedSlowness.hold(draft, message)
                : accuse(draft, reason, message + SharedSlowness.also(draft), numbers);
    }

    /** Where nobody serves beside the canary, stable is heard first. */
    private static boolean accuse(Draft draft, ReasonCode reason, String message, Map<String, Double> numbers) {
        return switch (Hearing.of(draft)) {
            case NOTHING -> blame(draft, reason, message, numbers);
            case AWAITED -> false;
            case SHARED -> Holds.sharedOutage(draft, message);
        };
    }

    static PlainRules.@Nullable Broken broken(Draft draft) {
        return draft.watchedCanary()
                ? PlainRules.judge(
                        draft.state.watch().recent(),
                        draft.plan.rollback(),
                        draft.state.watch().canary().first(),
                        draft.now,
                        draft.state.routing().weight() < 1)
                : null;
    }

    /** Where instances have died meanwhile, that is the cause, and failing requests are what it looks like from outside. */
    private static boolean blame(Draft draft, ReasonCode reason, String message, Map<String, Double> numbers) {
        if (draft.seen.target() != null) {
            for (InstanceView instance :
                    draft.seen.target().of(draft.state.roles().canary())) {
                int crashes = crashes(draft, instance);
                if (crashes > 0) {
                    draft.rollBack(ReasonCode.CRASH_LOOP, died(draft, instance, crashes) + "; " + message, numbers);
                    return true;
                }
            }
        }
        draft.rollBack(reason, message, numbers);
        return true;
    }

    private static ReasonCode reason(Metric metric) {
        return switch (metric) {
            case FAULTS -> ReasonCode.HARMFUL_ERRORS;
            case SLOW -> ReasonCode.HARMFUL_LATENCY;
        };
    }

    /** Told with the stretch in which the canary exceeded: hours that were good before it would hide what was found. */
    private static String describe(Verdict.Harmful harmful, long nowSecond) {
        VerdictNumbers.MetricNumbers metric = harmful.numbers().metrics().get(harmful.metric());
        String tenants = harmful.tenants().isEmpty() ? "" : " for " + String.join(", ", harmful.tenants());
        String what = harmful.metric() == Metric.FAULTS ? "failed requests" : "slow requests";
        return what
                + tenants
                + (metric == null ? "" : rates(metric, nowSecond))
                + String.format(
                        Locale.ROOT, "; e-value %.3g over the threshold %.3g", harmful.eValue(), harmful.threshold());
    }

    private static String rates(VerdictNumbers.MetricNumbers metric, long nowSecond) {
        Excess excess = metric.excess();
        if (excess.over() <= 0 || excess.canaryRequests() == metric.canaryRequests()) {
            return String.format(
                    Locale.ROOT,
                    ": %d of %d canary requests, against %d of %d on stable",
                    metric.canaryCount(),
                    metric.canaryRequests(),
                    metric.stableCount(),
                    metric.stableRequests());
        }
        return String.format(
                Locale.ROOT,
                ": %d of %d canary requests in the last %s, against %d of %d on stable (since the first: %d of %d, against %d of"
                        + " %d)",
                excess.canaryCount(),
                excess.canaryRequests(),
                Durations.say(Duration.ofSeconds(Math.max(1, nowSecond - excess.sinceSecond()))),
                excess.stableCount(),
                excess.stableRequests(),
                metric.canaryCount(),
                metric.canaryRequests(),
                metric.stableCount(),
                metric.stableRequests());
    }

    private static Map<String, Double> numbers(Verdict.Harmful harmful) {
        Map<String, Double> numbers = new TreeMap<>();
        numbers.put("eValue", harmful.eValue());
        numbers.put("threshold", harmful.threshold());
        numbers.put("share", harmful.numbers().share());
        VerdictNumbers.MetricNumbers metric = harmful.numbers().metrics().get(harmful.metric());
        if (metric != null) {
            numbers.put("canaryRequests", (double) metric.canaryRequests());
            numbers.put("canaryCount", (double) metric.canaryCount());
            numbers.put("canaryRate", metric.canaryRate());
            numbers.put("stableRequests", (double) metric.stableRequests());
            numbers.put("stableCount", (double) metric.stableCount());
            numbers.put("stableRate", metric.stableRate());
            numbers.put("excessCanaryRequests", (double) metric.excess().canaryRequests());
            numbers.put("excessCanaryCount", (double) metric.excess().canaryCount());
            numbers.put("excessStableRequests", (double) metric.excess().stableRequests());
            numbers.put("excessStableCount", (double) metric.excess().stableCount());
        }
        return numbers;
    }
}
