package dev.vextrus.cli.bench;

import dev.vextrus.cli.demo.cluster.Counts;
import dev.vextrus.cli.rollout.RolloutFolder;
import dev.vextrus.rollout.engine.Ending;
import dev.vextrus.rollout.engine.StageKind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our figures of one row.
 *
 * @param endSeconds from the change of the template to the rollout's end
 * @param firstSeconds from that change to the canary's first request; null where it had none
 * @param decidedSeconds from the canary's first request to the decision to go back
 * @param goneSeconds from the canary's first request to its last, where it went back
 * @param highestPercent of the traffic that the canary was given
 * @param failed requests that failed or that nobody answered, of both releases
 */
record TrialResult(
        TrialRow row,
        String outcome,
        @Nullable String reason,
        double endSeconds,
        @Nullable Double firstSeconds,
        @Nullable Double decidedSeconds,
        @Nullable Double goneSeconds,
        long highestPercent,
        long failed,
        long requests) {

    static TrialResult of(
            TrialRow row, RolloutFolder.Past end, Counts counts, Instant applied, Instant ended, double highestWeight) {
        Ending ending = end.state().ending();
        boolean promoted = end.state().stage().kind() == StageKind.COMPLETED;
        Counts.Track canary = counts.of(end.plan().canary().version());
        boolean met = canary.seen().requests() > 0;
        return new TrialResult(
                row,
                promoted ? "promoted" : end.state().stage().kind().ended() ? "rolled back" : "not ended",
                ending == null ? null : ending.reason().name(),
                seconds(applied, ended),
                met ? seconds(applied, canary.first()) : null,
                met && ending != null ? seconds(canary.first(), ending.decidedAt()) : null,
                met && !promoted ? seconds(canary.first(), canary.last()) : null,
                Math.round(100 * highestWeight),
                counts.failed(),
                counts.requests());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** Whether a good release was promoted, and a bad one went back. */
    boolean right() {
        return outcome.equals(row.good() ? "promoted" : "rolled back");
    }

    /** For the table. */
    String say() {
        String failures = String.format(Locale.ROOT, "%,d failed", failed);
        if (row.good()) {
            return right()
                    ? String.format(Locale.ROOT, "promoted in %.0f s; %s", endSeconds, failures)
                    : String.format(Locale.ROOT, "FALSE ABORT (%s) after %.0f s; %s", reason, endSeconds, failures);
        }
        if (!right()) {
            return String.format(
                    Locale.ROOT, "%s, up to %d %%; %s", outcome.toUpperCase(Locale.ROOT), highestPercent, failures);
        }
        if (decidedSeconds == null || goneSeconds == null) {
            return String.format(Locale.ROOT, "rolled back at %.0f s, no request met it; %s", endSeconds, failures);
        }
        return String.format(
                Locale.ROOT,
                "decided in %.0f s, gone in %.0f s, never above %d %%; %s",
                decidedSeconds,
                goneSeconds,
                highestPercent,
                failures);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("row", row.label());
        fields.put("right", right());
        fields.put("outcome", outcome);
        fields.put("reason", reason);
        fields.put("secondsToEnd", endSeconds);
        fields.put("secondsToFirstCanaryRequest", firstSeconds);
        fields.put("secondsToDecision", decidedSeconds);
        fields.put("secondsToLastCanaryRequest", goneSeconds);
        fields.put("highestPercent", highestPercent);
        fields.put("failed", failed);
        fields.put("requests", requests);
        fields.put("argoRollouts", row.argo());
        fields.put("flagger", row.flagger());
        return fields;
    }
}
