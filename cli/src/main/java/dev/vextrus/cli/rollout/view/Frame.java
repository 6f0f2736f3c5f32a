package dev.vextrus.cli.rollout.view;

import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.analysis.Metric;
import dev.vextrus.rollout.analysis.VerdictNumbers;
import dev.vextrus.rollout.engine.PhaseRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.engine.Watch;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.status.Statuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a scene as lines of a terminal. Pure: the same scene gives the same lines. */
public final class Frame {
    private static final int BAR = 24;
    private static final int NOTES = 5;
    private static final String DIM = "2";
    private static final String GOOD = "32";
    private static final String BAD = "1;31";
    private static final String STRONG = "1";

    private final Output output;

    public Frame(Output output) {
        this.output = output;
    }

    public List<String> lines(Scene scene) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(header(scene));
        lines.add(phases(scene));
        lines.add("");
        progress(scene, lines);
        lines.add("");
        traffic(scene.state(), lines);
        evidence(scene, lines);
        gates(scene.state(), lines);
        lines.add("");
        lines.add(label("next") + Words.next(scene.plan(), scene.state()));
        lines.add("");
        notes(scene, lines);
        return lines;
    }

    private String header(Scene scene) {
        RolloutPlan plan = scene.plan();
        return " " + output.paint(STRONG, plan.name()) + "  " + plan.stable().version() + " -> "
                + output.paint(STRONG, plan.canary().version())
                + output.paint(
                        DIM,
                        (scene.state().stage().kind().ended() ? "   took " : "   after ")
                                + Words.duration(Statuses.elapsed(scene.state(), scene.now())));
    }

    private String phases(Scene scene) {
        StringBuilder line = new StringBuilder(" ");
        List<PhaseRecord> records = scene.state().phases();
        boolean back = scene.state().ending() != null;
        for (int i = 0; i < scene.plan().phases().size(); i++) {
            Phase phase = scene.plan().phase(i);
            boolean ended = i < records.size() && records.get(i).to() != null;
            boolean current = i == records.size() - 1;
            String mark =
                    current && back ? output.paint(BAD, "x") : ended ? output.paint(GOOD, "+") : current ? ">" : ".";
            String text = mark + " " + phase.trafficPercent() + " %";
            line.append(current && !ended ? output.paint(STRONG, text) : text).append("    ");
        }
        return line.toString().stripTrailing();
    }

    private void progress(Scene scene, List<String> lines) {
        RolloutState state = scene.state();
        lines.add(label("stage") + Words.stage(scene.plan(), state));
        double weight = Statuses.weight(state);
        lines.add(label("weight")
                + bar(weight)
                + String.format(Locale.ROOT, " %.0f %%", 100 * weight)
                + (state.routing().byTenant() && !state.routing().cohort().isEmpty()
                        ? output.paint(DIM, "   " + state.routing().cohort().size() + " tenants")
                        : ""));
        if (state.stage() instanceof Stage.Baking(int phase, Duration observed)) {
            Duration bake = scene.plan().phase(phase).bake();
            double share = bake.isZero() ? 1 : Math.min(1, observed.toMillis() / (double) bake.toMillis());
            lines.add(label("bake") + bar(share) + " " + Words.duration(observed) + " of " + Words.duration(bake));
        } else {
            lines.add(label("bake") + output.paint(DIM, "-"));
        }
    }

    private void traffic(RolloutState state, List<String> lines) {
        lines.add(output.paint(
                DIM, String.format("          %12s %9s %9s %10s", "requests", "failed", "dropped", "P95")));
        lines.add(track("stable", state.watch().stable()));
        lines.add(track("canary", state.watch().canary()));
    }

    private String track(String name, Watch.Track track) {
        String failed = String.format(Locale.ROOT, "%9d", track.failed());
        return label(name)
                + String.format(Locale.ROOT, "%,12d", track.requests())
                + " "
                + (track.failed() > 0 ? output.paint(BAD, failed) : failed)
                + String.format(
                        Locale.ROOT,
                        " %9d %7.0f ms",
                        track.dropped(),
                        track.tally().p95Millis());
    }

    private void evidence(Scene scene, List<String> lines) {
        Evidence evidence = scene.state().watch().evidence();
        lines.add("");
        if (evidence == null) {
            lines.add(label("evidence") + output.paint(DIM, "none before the first canary request"));
            return;
        }
        VerdictNumbers numbers =
                new Analysis(scene.plan().analysis(), scene.state().watch().history()).numbers(evidence);
        boolean first = true;
        for (Metric metric : Metric.values()) {
            VerdictNumbers.MetricNumbers of = numbers.metrics().get(metric);
            if (of != null) {
                lines.add(label(first ? "evidence" : "") + metric(metric, of, numbers.threshold()));
                first = false;
            }
        }
    }

    private String metric(Metric metric, VerdictNumbers.MetricNumbers of, double threshold) {
        String against = String.format(
                Locale.ROOT,
                "%-7s against it %8.3g of %.0f",
                metric.name().toLowerCase(Locale.ROOT),
                of.eValue(),
                threshold);
        String rate = String.format(
                Locale.ROOT, "   rate below %6.2f %%, safe below %.2f %%", 100 * of.upperBound(), 100 * of.tolerated());
        return (of.eValue() >= threshold ? output.paint(BAD, against) : against)
                + (of.safe() ? output.paint(GOOD, rate + "  safe") : rate);
    }

    private void gates(RolloutState state, List<String> lines) {
        List<String> words = new ArrayList<>();
        for (GateName name : GateName.values()) {
            GateStatus status = state.checks().gate(name);
            words.add(
                    switch (status.outcome()) {
                        case PASSED -> output.paint(GOOD, "+ " + name.label());
                        case FAILED -> output.paint(BAD, "x " + name.label());
                        case FORCED -> output.paint(BAD, "! " + name.label());
                        case OFF -> output.paint(DIM, "- " + name.label());
                        case WAITING -> ". " + name.label();
                    });
        }
        int half = (words.size() + 1) / 2;
        lines.add("");
        lines.add(label("gates") + String.join("   ", words.subList(0, half)));
        lines.add(label("") + String.join("   ", words.subList(half, words.size())));
    }

    private void notes(Scene scene, List<String> lines) {
        List<Scene.Note> notes = scene.notes();
        for (Scene.Note note : notes.subList(Math.max(0, notes.size() - NOTES), notes.size())) {
            Duration at = Duration.between(scene.state().startedAt(), note.at());
            lines.add(" " + output.paint(DIM, clock(at)) + " " + note.text());
        }
    }

    /** Minutes and seconds since the start, such as {@code 01:07}. */
    static String clock(Duration since) {
        long seconds = Math.max(0, since.toSeconds());
        return String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
    }

    private String label(String name) {
        return " " + output.paint(DIM, String.format("%-9s", name));
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR);
        return "█".repeat(full) + "░".repeat(BAR - full);
    }
}
