package dev.vextrus.cli.demo;

import dev.vextrus.cli.demo.cluster.Counts;
import dev.vextrus.cli.demo.cluster.Customers;
import dev.vextrus.cli.demo.cluster.Trial;
import dev.vextrus.cli.demo.cluster.TrialGround;
import dev.vextrus.cli.demo.cluster.TrialOptions;
import dev.vextrus.cli.demo.cluster.Watched;
import dev.vextrus.cli.demo.traffic.Tally;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.rollout.Reports;
import dev.vextrus.cli.rollout.RolloutFolder;
import dev.vextrus.cli.rollout.view.Watcher;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The demo on a cluster: a service under traffic, and its next release by an operator. The same plan, view and answer as on
 * one machine; nothing of it stays.
 */
final class ClusterDemo {
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(20);

    private final Output output;
    private final TrialOptions options;
    private final DemoRelease release;
    private final Trial trial;
    private final boolean live;

    /** @param live whether to draw in place, on a terminal */
    ClusterDemo(Output output, TrialOptions options, DemoRelease release, Trial trial, boolean live) {
        this.output = output;
        this.options = options;
        this.release = release;
        this.trial = trial;
        this.live = live;
    }

    int run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        DemoOutcome outcome;
        String router;
        try (Cleanup cleanup = Cleanup.armed()) {
            output.progress("demo: the new release is '" + release.label() + "' (" + release.meaning() + ")");
            TrialGround ground = TrialGround.open(output, cleanup, options, trial.name(), trial.images());
            router = ground.entry().router();
            trial.prepare(ground);
            ground.apply(trial.release(ground, DemoFiles.STABLE_VERSION, ""));
            ground.awaitServing();
            Customers customers = trial.customers(ground);
            Watched watched = new Watched(ground);
            ground.apply(trial.release(ground, DemoFiles.CANARY_VERSION, release.fault()));
            RolloutFolder.Past end = watch(watched);
            outcome = judge(ground, end, customers, Duration.ofNanos(System.nanoTime() - began));
            output.progress("cleaning up");
        }
        tell(outcome, router);
        return outcome.exitCode();
    }

    private RolloutFolder.Past watch(Watched watched) throws IOException, InterruptedException {
        try (Watcher watcher = new Watcher(output, live)) {
            Optional<RolloutFolder.Past> end =
                    watched.follow(past -> watcher.show(past.scene(Instant.now())), ENDS_WITHIN);
            return end.filter(past -> past.state().stage().kind().ended())
                    .orElseThrow(() -> Failure.unavailable(
                            "NO_END",
                            "the rollout did not end within " + ENDS_WITHIN.toMinutes() + " min",
                            "see the operator's log"));
        }
    }

    /** The books are proven when nobody writes any more. */
    private DemoOutcome judge(TrialGround ground, RolloutFolder.Past end, Customers customers, Duration took)
            throws IOException {
        Counts counts = customers.counts();
        customers.close();
        IntegrityReport proof = trial.proof(ground, serving(end.state())).orElse(null);
        Map<String, Tally.View> tracks = new LinkedHashMap<>();
        counts.tracks().forEach((version, track) -> tracks.put(version, track.seen()));
        RolloutPlan plan = end.plan();
        Counts.Track canary = counts.of(plan.canary().version());
        Path report = Files.writeString(
                Reports.folder("demo-kubernetes-" + release.label()).resolve("report.html"),
                Watched.report(end, Instant.now()));
        if (!counts.why().isEmpty()) {
            output.progress("what a dropped connection met: " + counts.why());
        }
        return new DemoOutcome(
                plan,
                end.state(),
                new DemoOutcome.Seen(tracks, counts.dropped()),
                canary.seen().requests() == 0 ? null : canary.last(),
                proof,
                took,
                report);
    }

    private static Color serving(RolloutState state) {
        return state.stage().kind() == StageKind.COMPLETED
                ? state.roles().canary()
                : state.roles().stable();
    }

    private void tell(DemoOutcome outcome, String router) {
        if (output.json()) {
            outcome.lines().forEach(output::progress);
            Map<String, Object> fields = new LinkedHashMap<>(outcome.fields());
            fields.put("target", "kubernetes");
            fields.put("service", trial.name());
            fields.put("router", router);
            output.result(fields);
        } else {
            outcome.lines().forEach(output::say);
        }
    }
}
