package dev.vextrus.cli.demo;

import dev.vextrus.cli.demo.cluster.TillPlan;
import dev.vextrus.cli.demo.cluster.TrafficPod;
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
import dev.vextrus.rollout.plan.RolloutPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The demo on a cluster: a light service of ten pods under traffic, and its next release by an operator. The same plan, view
 * and answer as on one machine; nothing of it stays.
 */
final class ClusterDemo {
    private static final int REPLICAS = 10;
    private static final double USUAL_RATE = 50;
    private static final long BAKE_MILLIS = 12_000;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(20);
    private static final Set<DemoRelease> NEED_BOOKS =
            Set.of(DemoRelease.CORRUPT, DemoRelease.MISCALCULATE, DemoRelease.INCOMPATIBLE);

    private final Output output;
    private final TrialOptions options;
    private final DemoRelease release;
    private final double speed;
    private final boolean live;

    /** @param live whether to draw in place, on a terminal */
    ClusterDemo(Output output, TrialOptions options, DemoRelease release, double speed, boolean live) {
        this.output = output;
        this.options = options;
        this.release = release;
        this.speed = speed;
        this.live = live;
    }

    /** @param perSecond requests a second; null for the usual rate */
    int run(@Nullable Double perSecond) throws IOException, InterruptedException {
        if (NEED_BOOKS.contains(release)) {
            throw Failure.usage(
                    "RELEASE_NEEDS_BOOKS",
                    "--release " + release.label() + ": the light service keeps no books that it could harm",
                    "see it on this machine: leave --target out");
        }
        long began = System.nanoTime();
        DemoOutcome outcome;
        String router;
        try (Cleanup cleanup = Cleanup.armed()) {
            output.progress("demo: the new release is '" + release.label() + "' (" + release.meaning() + ")");
            TrialGround ground = TrialGround.open(output, cleanup, options);
            router = ground.entry().router();
            TillPlan plan = new TillPlan(
                    ground.image(), REPLICAS, ground.entry().yaml(), Math.round(BAKE_MILLIS / speed), true);
            TrafficPod traffic = serving(ground, plan, perSecond == null ? USUAL_RATE : perSecond);
            Watched watched = new Watched(ground);
            ground.apply(plan.yaml(DemoFiles.CANARY_VERSION, release == DemoRelease.GOOD ? "none" : release.label()));
            RolloutFolder.Past end = watch(watched);
            outcome = judge(end, traffic.counts(), Duration.ofNanos(System.nanoTime() - began));
            output.progress("cleaning up");
        }
        tell(outcome, router);
        return outcome.exitCode();
    }

    private TrafficPod serving(TrialGround ground, TillPlan plan, double perSecond) throws InterruptedException {
        output.progress("the stable release: " + REPLICAS + " pods");
        ground.apply(plan.yaml(DemoFiles.STABLE_VERSION, "none"));
        ground.awaitServing();
        TrafficPod traffic = ground.traffic(perSecond);
        output.progress("traffic on stable, %.0f requests/s, for %d s, so that there is something to compare with"
                .formatted(perSecond, WARM_UP.toSeconds()));
        Thread.sleep(WARM_UP);
        return traffic;
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

    private DemoOutcome judge(RolloutFolder.Past end, TrafficPod.Counts counts, Duration took) throws IOException {
        Map<String, Tally.View> tracks = new LinkedHashMap<>();
        counts.tracks().forEach((version, track) -> tracks.put(version, track.seen()));
        RolloutPlan plan = end.plan();
        TrafficPod.Track canary = counts.of(plan.canary().version());
        Path report = Files.writeString(
                Reports.folder("demo-kubernetes-" + release.label()).resolve("report.html"), Watched.report(end));
        if (!counts.why().isEmpty()) {
            output.progress("what a dropped connection met: " + counts.why());
        }
        return new DemoOutcome(
                plan,
                end.state(),
                new DemoOutcome.Seen(tracks, counts.dropped()),
                canary.seen().requests() == 0 ? null : canary.last(),
                null,
                took,
                report);
    }

    private void tell(DemoOutcome outcome, String router) {
        if (output.json()) {
            outcome.lines().forEach(output::progress);
            Map<String, Object> fields = new LinkedHashMap<>(outcome.fields());
            fields.put("target", "kubernetes");
            fields.put("router", router);
            output.result(fields);
        } else {
            outcome.lines().forEach(output::say);
        }
    }
}
