package dev.vextrus.rollout.report;

import dev.vextrus.rollout.gate.Difference;
import dev.vextrus.rollout.status.StatusView;
import java.util.List;
import java.util.Locale;

/** The report as Markdown, for a merge request or a mail. */
public final class MarkdownReport {
    private MarkdownReport() {}

    public static String render(RolloutReport report) {
        StatusView status = report.status();
        StringBuilder out = new StringBuilder();
        out.append("# ")
                .append(status.plan())
                .append(": ")
                .append(status.stableVersion())
                .append(" -> ");
        out.append(status.canaryVersion())
                .append(": ")
                .append(Words.headline(status))
                .append("\n\n");
        if (status.message() != null) {
            out.append("**")
                    .append(status.reason())
                    .append("**: ")
                    .append(status.message())
                    .append("\n\n");
        }
        for (String[] fact : Words.facts(status)) {
            out.append("- ").append(fact[0]).append(": ").append(fact[1]).append('\n');
        }
        list(out, "Numbers behind the reason", numbers(status));
        tracks(out, status);
        phases(out, status);
        evidence(out, status);
        gates(out, status);
        for (Difference difference : status.differences()) {
            out.append("\n## Differs: ").append(difference.what()).append("\n\n```diff\n");
            side(out, "- ", Marked.lines(difference.stable(), difference.canary()));
            side(
                    out,
                    "+ ",
                    Marked.lines(difference.canary(), difference.stable()).stream()
                            .filter(line -> !line.same())
                            .toList());
            out.append("```\n");
        }
        list(out, "Kept as evidence", status.evidenceFiles());
        out.append("\n## Decisions\n\n");
        for (RolloutReport.LogLine line : report.log()) {
            out.append("- `").append(Words.time(line.at())).append("` ");
            out.append(line.failed() ? "**failed** " : "").append(line.text()).append('\n');
        }
        out.append("\nJournal: ")
                .append(report.entries())
                .append(" entries, head `")
                .append(report.head());
        return out.append("`\n").toString();
    }

    /** What both have stands once, without a sign. */
    private static void side(StringBuilder out, String sign, List<Marked> lines) {
        for (Marked line : lines) {
            out.append(line.same() ? "  " : sign).append(line.text()).append('\n');
        }
    }

    private static List<String> numbers(StatusView status) {
        return status.numbers().entrySet().stream()
                .map(number -> number.getKey() + ": " + Words.number(number.getValue()))
                .toList();
    }

    private static void list(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append("\n## ").append(title).append("\n\n");
            lines.forEach(line -> out.append("- ").append(line).append('\n'));
        }
    }

    private static void tracks(StringBuilder out, StatusView status) {
        out.append("\n| track | version | requests | failed | P95 |\n|---|---|---|---|---|\n");
        track(out, "stable", status.tracks().stable());
        track(out, "canary", status.tracks().canary());
    }

    private static void track(StringBuilder out, String name, StatusView.TrackLine line) {
        out.append(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.0f ms |%n",
                name,
                line.version(),
                line.requests(),
                line.failed(),
                line.p95Millis()));
    }

    private static void phases(StringBuilder out, StatusView status) {
        out.append("\n| phase | traffic | seconds | observed | canary requests | failed | P95 |\n");
        out.append("|---|---|---|---|---|---|---|\n");
        for (StatusView.PhaseLine phase : status.phases()) {
            out.append(String.format(
                    Locale.ROOT,
                    "| %d | %d %% | %s | %.1f%s | %d | %d | %.0f ms |%n",
                    phase.phase(),
                    phase.trafficPercent(),
                    Words.seconds(phase.seconds()),
                    phase.observedSeconds(),
                    phase.extended() ? " (extended)" : "",
                    phase.canaryRequests(),
                    phase.canaryFailed(),
                    phase.canaryP95Millis()));
        }
    }

    private static void evidence(StringBuilder out, StatusView status) {
        if (status.evidence() == null) {
            return;
        }
        out.append("\n## Verdict\n\n").append(Words.verdict(status.evidence())).append('\n');
        for (StatusView.MetricLine metric : status.evidence().metrics()) {
            out.append("- ").append(Words.metric(metric)).append('\n');
        }
    }

    private static void gates(StringBuilder out, StatusView status) {
        out.append("\n## Gates\n\n");
        for (StatusView.Gate gate : status.gates()) {
            out.append("- ")
                    .append(gate.name())
                    .append(": **")
                    .append(gate.outcome())
                    .append("** ");
            out.append(gate.why()).append('\n');
        }
    }
}
