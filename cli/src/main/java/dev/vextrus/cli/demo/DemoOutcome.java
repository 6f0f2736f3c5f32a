package dev.vextrus.cli.demo;

import dev.vextrus.cli.demo.traffic.Tally;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.rollout.view.Words;
import dev.vextrus.rollout.engine.Ending;
import dev.vextrus.rollout.engine.PhaseRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.report.Marked;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a demo; everything in it was measured.
 *
 * @param seen what the callers saw
 * @param lastCanaryRequest as the proxy counted; null where the canary had none
 * @param integrity what the release that serves in the end says of the books; null where it could not be asked
 * @param report the file with the whole story
 */
record DemoOutcome(
        RolloutPlan plan,
        RolloutState state,
        Seen seen,
        @Nullable Instant lastCanaryRequest,
        @Nullable IntegrityReport integrity,
        Duration took,
        Path report) {
    private static final int LONGEST_LINE = 110;

    /**
     * What the callers saw.
     *
     * @param tracks by version of the release that answered
     * @param dropped requests that no release answered
     */
    record Seen(Map<String, Tally.View> tracks, long dropped) {}

    int exitCode() {
        return state.stage().kind() == StageKind.COMPLETED ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }

    private String outcome() {
        return switch (state.stage().kind()) {
            case COMPLETED -> "promoted";
            case REFUSED -> "refused";
            default -> "rolled-back";
        };
    }

    Map<String, Object> fields() {
        Ending ending = state.ending();
        Map<String, Object> tracks = new LinkedHashMap<>();
        tracks.put("stable", track(plan.stable().version()));
        tracks.put("canary", track(plan.canary().version()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("outcome", outcome());
        fields.put("reason", ending == null ? null : ending.reason().name());
        fields.put("message", ending == null ? null : ending.message());
        fields.put("numbers", ending == null ? Map.of() : ending.numbers());
        fields.put("differences", differences());
        fields.put("tracks", tracks);
        fields.put("harmedAtMost", harmedAtMost());
        fields.put("droppedConnections", seen.dropped());
        fields.put("secondsToDecision", seconds(toDecision()));
        fields.put("secondsToNoCanaryTraffic", seconds(toNoCanaryTraffic()));
        fields.put("integrity", integrityFields());
        fields.put("phases", phases());
        fields.put("seconds", seconds(took));
        fields.put("report", report.toString());
        return fields;
    }

    /** What the releases make of the same, side by side, where that is the reason. */
    private List<Map<String, Object>> differences() {
        Ending ending = state.ending();
        return ending == null
                ? List.of()
                : ending.differences().stream()
                        .map(difference -> Map.<String, Object>of(
                                "what", difference.what(),
                                "stable", difference.stable(),
                                "canary", difference.canary()))
                        .toList();
    }

    /** An answer may harm without being a fault: a wrong balance looks like a right one. */
    private long harmedAtMost() {
        return state.ending() == null ? 0 : view(plan.canary().version()).requests() + seen.dropped();
    }

    private Tally.View view(String version) {
        return seen.tracks().getOrDefault(version, new Tally.View(0, 0, 0));
    }

    private Map<String, Object> track(String version) {
        Tally.View view = view(version);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("requests", view.requests());
        fields.put("failed", view.failed());
        fields.put("p95Millis", view.p95Millis());
        return fields;
    }

    private Map<String, Object> integrityFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("balanced", proven("debits-equal-credits"));
        fields.put("readModels", proven("read-models-equal-fold"));
        fields.put("chain", proven("hash-chain"));
        fields.put("failed", failed().map(IntegrityReport.Check::name).toList());
        return fields;
    }

    private Stream<IntegrityReport.Check> failed() {
        return integrity == null ? Stream.empty() : integrity.failed().stream();
    }

    private @Nullable Boolean proven(String check) {
        if (integrity == null) {
            return null;
        }
        return integrity.checks().stream()
                .filter(one -> one.name().equals(check))
                .findFirst()
                .map(IntegrityReport.Check::ok)
                .orElse(null);
    }

    private List<Map<String, Object>> phases() {
        List<Map<String, Object>> phases = new ArrayList<>();
        for (PhaseRecord record : state.phases()) {
            Instant to = record.to();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("traffic", plan.phase(record.phase()).trafficPercent());
            fields.put("seconds", to == null ? null : seconds(Duration.between(record.from(), to)));
            phases.add(fields);
        }
        return phases;
    }

    /** From the first canary request to the decision to go back. */
    private @Nullable Duration toDecision() {
        Instant first = state.watch().canary().first();
        Ending ending = state.ending();
        return first == null || ending == null ? null : Duration.between(first, ending.decidedAt());
    }

    /** From the decision to the last canary request. */
    private @Nullable Duration toNoCanaryTraffic() {
        Ending ending = state.ending();
        if (ending == null || lastCanaryRequest == null) {
            return null;
        }
        Duration after = Duration.between(ending.decidedAt(), lastCanaryRequest);
        return after.isNegative() ? Duration.ZERO : after;
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(outcome().replace('-', ' ') + ": " + plan.name() + " "
                + plan.canary().version() + ", after " + Words.duration(took));
        Ending ending = state.ending();
        if (ending != null) {
            lines.add("  reason     " + Words.ending(ending));
            ending.differences().stream().limit(3).forEach(difference -> {
                lines.add("             " + cut(difference.what()));
                excerpts(difference.stable(), difference.canary())
                        .forEach(line -> lines.add("               stable  " + line));
                excerpts(difference.canary(), difference.stable())
                        .forEach(line -> lines.add("               canary  " + line));
            });
        }
        // The live view shows what the proxy counts: what nobody waited for any more, or never came through, differs.
        lines.add("  requests   " + trackLine("stable", plan.stable().version()) + ", as the callers saw them");
        lines.add("             " + trackLine("canary", plan.canary().version()));
        if (ending != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  harmed     at most %,d requests: all that the new release answered, and those that nobody did",
                    harmedAtMost()));
        }
        lines.add("  dropped    " + seen.dropped() + " connections");
        Duration toDecision = toDecision();
        Duration gone = toNoCanaryTraffic();
        if (toDecision != null) {
            lines.add("  decided    " + Words.duration(toDecision) + " after its first request"
                    + (gone == null ? "" : "; its last request came " + Words.duration(gone) + " after that"));
        }
        lines.add("  phases     " + phaseLine());
        lines.add("  ledger     debits = credits: " + word("debits-equal-credits")
                + "; read models = fold of the events: " + word("read-models-equal-fold") + "; hash chain intact: "
                + word("hash-chain"));
        failed().forEach(check -> lines.add("             NOT proven: " + check.name() + ": " + check.violations()
                + (check.examples().isEmpty()
                        ? ""
                        : ", such as " + check.examples().getFirst())));
        lines.add("  report     " + report);
        return lines;
    }

    /** The report has them whole. */
    private static List<String> excerpts(List<String> own, List<String> other) {
        return Marked.lines(own, other).stream()
                .filter(line -> !line.same())
                .map(Marked::excerpt)
                .toList();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "...";
    }

    private String trackLine(String name, String version) {
        Tally.View view = view(version);
        return String.format(
                Locale.ROOT,
                "%s %s: %,d, failed %,d, P95 %.0f ms",
                name,
                version,
                view.requests(),
                view.failed(),
                view.p95Millis());
    }

    private String phaseLine() {
        List<String> words = new ArrayList<>();
        for (PhaseRecord record : state.phases()) {
            Instant to = record.to();
            words.add(plan.phase(record.phase()).trafficPercent() + " % "
                    + (to == null ? "not ended" : Words.duration(Duration.between(record.from(), to))));
        }
        return words.isEmpty() ? "none begun" : String.join(", ", words);
    }

    private String word(String check) {
        Boolean proven = proven(check);
        return proven == null ? "not asked" : proven ? "yes" : "NO";
    }
}
