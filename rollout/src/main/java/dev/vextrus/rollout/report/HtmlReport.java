package dev.vextrus.rollout.report;

import dev.vextrus.rollout.gate.Difference;
import dev.vextrus.rollout.status.StatusView;
import java.util.List;
import java.util.Locale;

/** The report as one HTML file: no script, nothing loaded from anywhere, every value escaped. */
public final class HtmlReport {
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884;--soft:#8881;--good:#1a7f4b;--bad:#c2362b;--calm:#8a6d1a}
            *{box-sizing:border-box}
            body{font:15px/1.5 system-ui,sans-serif;max-width:68rem;margin:0 auto;padding:2rem 1.25rem 4rem}
            h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:2.2rem 0 .6rem}
            .badge{display:inline-block;padding:.1rem .6rem;border-radius:1rem;color:#fff;font-size:.85rem}
            .promoted,.passed,.safe{--c:var(--good)}.rolled-back,.refused,.failed,.harmful{--c:var(--bad)}
            .badge{background:var(--c,var(--calm))}td.state{color:var(--c,var(--calm));font-weight:600}
            .why{font-size:1.05rem;border-left:4px solid var(--bad);padding:.4rem .9rem;background:var(--soft)}
            table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;vertical-align:top}
            tr{border-bottom:1px solid var(--line)}th{font-weight:600;font-size:.85rem;opacity:.75}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.45 ui-monospace,monospace}
            .pair td{width:50%}.pair td:last-child{border-left:1px solid var(--line)}
            .log td:first-child{white-space:nowrap;font:12px ui-monospace,monospace;opacity:.75}
            footer{margin-top:2.5rem;font:12px ui-monospace,monospace;opacity:.7;overflow-wrap:anywhere}
            """;

    private HtmlReport() {}

    public static String render(RolloutReport report) {
        StatusView status = report.status();
        String title = status.plan() + ": " + status.stableVersion() + " → " + status.canaryVersion();
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
        out.append(escape(title)).append("</title><style>").append(STYLE).append("</style></head><body>\n<h1>");
        out.append(escape(title))
                .append("</h1>\n<p>")
                .append(badge(Words.headline(status)))
                .append(' ');
        out.append(escape(status.id())).append("</p>\n");
        if (status.message() != null) {
            out.append("<p class=\"why\"><strong>").append(escape(String.valueOf(status.reason())));
            out.append("</strong><br>").append(escape(status.message())).append("</p>\n");
        }
        out.append("<table>");
        Words.facts(status).forEach(fact -> row(out, List.of(fact[0], fact[1])));
        out.append("</table>\n");
        numbers(out, status);
        differences(out, status);
        tracks(out, status);
        phases(out, status);
        evidence(out, status);
        gates(out, status);
        files(out, status);
        log(out, report);
        out.append("<footer>journal: ").append(report.entries()).append(" entries, head ");
        return out.append(escape(report.head()))
                .append("</footer></body></html>\n")
                .toString();
    }

    private static void numbers(StringBuilder out, StatusView status) {
        if (!status.numbers().isEmpty()) {
            out.append("<h2>Numbers behind the reason</h2>\n<table>");
            status.numbers().forEach((name, value) -> row(out, List.of(name, Words.number(value))));
            out.append("</table>\n");
        }
    }

    private static void differences(StringBuilder out, StatusView status) {
        for (Difference difference : status.differences()) {
            out.append("<h2>Differs: ").append(escape(difference.what())).append("</h2>\n");
            out.append("<table class=\"pair\"><tr><th>stable ").append(escape(status.stableVersion()));
            out.append("</th><th>new ").append(escape(status.canaryVersion())).append("</th></tr><tr>");
            lines(out, Marked.lines(difference.stable(), difference.canary()));
            lines(out, Marked.lines(difference.canary(), difference.stable()));
            out.append("</tr></table>\n");
        }
    }

    private static void lines(StringBuilder out, List<Marked> lines) {
        out.append("<td><pre>");
        for (Marked line : lines) {
            out.append(escape(line.before()));
            if (!line.same()) {
                out.append("<mark>").append(escape(line.differs())).append("</mark>");
            }
            out.append(escape(line.after())).append('\n');
        }
        out.append("</pre></td>");
    }

    private static void tracks(StringBuilder out, StatusView status) {
        out.append("<h2>Traffic</h2>\n<table>");
        head(out, List.of("track", "version", "requests", "failed", "P95"));
        track(out, "stable", status.tracks().stable());
        track(out, "canary", status.tracks().canary());
        out.append("</table>\n");
    }

    private static void track(StringBuilder out, String name, StatusView.TrackLine line) {
        row(
                out,
                List.of(
                        name,
                        line.version(),
                        Long.toString(line.requests()),
                        Long.toString(line.failed()),
                        String.format(Locale.ROOT, "%.0f ms", line.p95Millis())));
    }

    private static void phases(StringBuilder out, StatusView status) {
        out.append("<h2>Phases</h2>\n<table>");
        head(out, List.of("phase", "traffic", "seconds", "observed", "canary requests", "failed", "P95"));
        for (StatusView.PhaseLine phase : status.phases()) {
            row(
                    out,
                    List.of(
                            Integer.toString(phase.phase()),
                            phase.trafficPercent() + " %",
                            Words.seconds(phase.seconds()),
                            Words.seconds(phase.observedSeconds()) + (phase.extended() ? " (extended)" : ""),
                            Long.toString(phase.canaryRequests()),
                            Long.toString(phase.canaryFailed()),
                            String.format(Locale.ROOT, "%.0f ms", phase.canaryP95Millis())));
        }
        out.append("</table>\n");
    }

    private static void evidence(StringBuilder out, StatusView status) {
        StatusView.Evidence evidence = status.evidence();
        if (evidence == null) {
            return;
        }
        out.append("<h2>Verdict</h2>\n<p>").append(badge(evidence.verdict())).append(' ');
        out.append(escape(Words.verdict(evidence))).append("</p><ul>");
        evidence.metrics()
                .forEach(m -> out.append("<li>").append(escape(Words.metric(m))).append("</li>"));
        out.append("</ul>\n");
    }

    private static void gates(StringBuilder out, StatusView status) {
        out.append("<h2>Gates</h2>\n<table>");
        for (StatusView.Gate gate : status.gates()) {
            out.append("<tr><td>").append(escape(gate.name())).append("</td><td class=\"state ");
            out.append(escape(gate.outcome()))
                    .append("\">")
                    .append(escape(gate.outcome()))
                    .append("</td><td>");
            out.append(escape(gate.why())).append("</td></tr>");
        }
        out.append("</table>\n");
    }

    private static void files(StringBuilder out, StatusView status) {
        if (!status.evidenceFiles().isEmpty()) {
            out.append("<h2>Kept as evidence</h2>\n<pre>");
            out.append(escape(String.join("\n", status.evidenceFiles()))).append("</pre>\n");
        }
    }

    private static void log(StringBuilder out, RolloutReport report) {
        out.append("<h2>Decisions</h2>\n<table class=\"log\">");
        for (RolloutReport.LogLine line : report.log()) {
            row(out, List.of(Words.time(line.at()), (line.failed() ? "failed: " : "") + line.text()));
        }
        out.append("</table>\n");
    }

    private static void head(StringBuilder out, List<String> cells) {
        out.append("<tr>");
        cells.forEach(c -> out.append("<th>").append(escape(c)).append("</th>"));
        out.append("</tr>");
    }

    private static void row(StringBuilder out, List<String> cells) {
        out.append("<tr>");
        cells.forEach(c -> out.append("<td>").append(escape(c)).append("</td>"));
        out.append("</tr>\n");
    }

    private static String badge(String word) {
        return "<span class=\"badge " + escape(word) + "\">" + escape(word) + "</span>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
