package dev.vextrus.cli.demo;

import dev.vextrus.cli.demo.cluster.FinanceTrial;
import dev.vextrus.cli.demo.cluster.TillTrial;
import dev.vextrus.cli.demo.cluster.Trial;
import dev.vextrus.cli.demo.cluster.TrialOptions;
import dev.vextrus.cli.demo.traffic.DemoTraffic;
import dev.vextrus.cli.demo.traffic.Pace;
import dev.vextrus.cli.demo.traffic.Tally;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.process.ProcessorUse;
import dev.vextrus.cli.rollout.Gates;
import dev.vextrus.cli.rollout.Reports;
import dev.vextrus.cli.rollout.RolloutSession;
import dev.vextrus.cli.rollout.view.Watcher;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rolloutlocal.LocalWorkload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Releases a new version of the finance service on this machine, under real traffic. */
@Command(
        name = "demo",
        description = {
            "Release a new version of the finance service on this machine, under real traffic.",
            "Starts an embedded PostgreSQL, the stable release, the proxy, tenants who post, invoice and pay,",
            "and the four-phase plan with its bakes of 48 hours shown in seconds.",
            "With --target kubernetes: on a cluster, carried out by an operator; finance itself, or a light service.",
            "Ends promoted (exit code 0), or rolled back or refused (1)."
        },
        footer = {
            "",
            "Examples:",
            "  vextrus demo",
            "  vextrus demo --release errors",
            "  vextrus demo --release miscalculate --force-gate decision-parity",
            "  vextrus demo --speed 2 --json | tail -1",
            "  vextrus demo --target kubernetes --release errors --load-image 'kind load image-archive {}'",
            "  vextrus demo --target kubernetes --service finance --load-image 'kind load image-archive {}'"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration LEAST_WARM_UP = Duration.ofSeconds(6);

    private static final int SMOKE_REQUESTS = 600;
    private static final double USUAL_RATE = 200;
    private static final double LEAST_RATE = 30;
    /** Of processors, for the new release's start, its deciding again, its projector and the database beneath them. */
    private static final double NEW_RELEASE = 1.2;

    private static final long CLUSTER_BAKE_MILLIS = 12_000;
    private static final double TILL_RATE = 50;
    /** Six JVMs and a database share the cluster's processors. */
    private static final double FINANCE_RATE = 30;

    private static final double FINANCE_LEAST_RATE = 15;

    private final Output output;

    @Option(
            names = "--release",
            paramLabel = "R",
            defaultValue = "good",
            converter = DemoRelease.Reader.class,
            completionCandidates = DemoRelease.Labels.class,
            description = "What the new release is like: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private DemoRelease release = DemoRelease.GOOD;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times faster than usual (default: ${DEFAULT-VALUE}).")
    private double speed = 1;

    @Option(names = "--headless", description = "Plain lines, also on a terminal.")
    private boolean headless;

    @Option(
            names = "--force-gate",
            paramLabel = "GATE",
            split = ",",
            description = "Let the release through a gate that would refuse it before its first traffic.")
    private List<String> forced = List.of();

    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "40",
            description = "How many tenants there are (default: ${DEFAULT-VALUE}).")
    private int tenants = 40;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests a second that arrive, answered or not (default: 200, fewer on a busy machine).")
    private @Nullable Double perSecond;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of tenants and traffic (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--target",
            paramLabel = "T",
            defaultValue = "local",
            description =
                    "Where: local, or kubernetes: on the cluster that KUBECONFIG names, in a namespace of its own (default: ${DEFAULT-VALUE}).")
    private Target target = Target.LOCAL;

    @Mixin
    private TrialOptions trial = new TrialOptions();

    @Option(
            names = "--service",
            paramLabel = "S",
            description = "In a cluster: light, ten pods of a small HTTP service; or finance, up to six of the real one"
                    + " on a database of its own (default: light where it can show the release, else finance).")
    private @Nullable Service service;

    /** Where a demo runs. */
    enum Target {
        LOCAL,
        KUBERNETES
    }

    /** What is released on a cluster. */
    enum Service {
        LIGHT,
        FINANCE
    }

    public DemoCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<GateName> gates = checked();
        if (target == Target.KUBERNETES) {
            return new ClusterDemo(output, trial, release, onCluster(gates), !headless).run();
        }
        if (trial.given() || service != null) {
            throw Failure.usage(
                    "TARGET_LOCAL",
                    "--service, --router, --load-image and --image are for a cluster",
                    "add --target kubernetes, or leave them out");
        }
        long began = System.nanoTime();
        DemoOutcome outcome;
        try (Cleanup cleanup = Cleanup.armed()) {
            output.progress("demo: the new release is '" + release.label() + "' (" + release.meaning() + ")");
            Path reports = Reports.folder("demo-" + release.label());
            DemoGround ground = new DemoGround(output, cleanup, reports.resolve("evidence"));
            RolloutPlan plan = ground.plan(release, speed);
            LocalWorkload workload = ground.stable(plan);
            DemoTraffic traffic = ground.traffic(workload, tenants, pace(), seed);
            warmUp(traffic);
            RolloutSession session = RolloutSession.open(
                    ground.rollout(), workload, plan, () -> null, gates, (level, message) -> {}, cleanup);
            Thread smoke = Thread.startVirtualThread(() -> smoke(workload, traffic, session));
            cleanup.add(smoke::interrupt);
            RolloutState state = watch(session);
            traffic.close();
            Path report = Files.writeString(reports.resolve("report.html"), session.report());
            outcome = judge(plan, state, workload, traffic, Duration.ofNanos(System.nanoTime() - began), report);
            output.progress("stopping everything");
        }
        if (output.json()) {
            outcome.lines().forEach(output::progress);
            output.result(outcome.fields());
        } else {
            outcome.lines().forEach(output::say);
        }
        return outcome.exitCode();
    }

    private Trial onCluster(List<GateName> gates) {
        if (!gates.isEmpty()) {
            throw Failure.usage(
                    "TARGET_KUBERNETES",
                    "--force-gate: an operator lets no gate be forced",
                    "leave it out, or see it on this machine without --target");
        }
        if (service == Service.LIGHT && release.needsBooks()) {
            throw Failure.usage(
                    "RELEASE_NEEDS_BOOKS",
                    "--release " + release.label() + ": the light service keeps no books that it could harm",
                    "use --service finance");
        }
        long bakeMillis = Math.round(CLUSTER_BAKE_MILLIS / speed);
        if (service == Service.FINANCE || release.needsBooks()) {
            Pace pace = perSecond == null ? Pace.rising(FINANCE_LEAST_RATE, FINANCE_RATE) : Pace.insisting(perSecond);
            return new FinanceTrial(new FinanceTrial.Settings(release.fault(), tenants, pace, seed, bakeMillis));
        }
        return new TillTrial(perSecond == null ? TILL_RATE : perSecond, bakeMillis);
    }

    private List<GateName> checked() {
        if (!(speed >= 0.1 && speed <= 100)) {
            throw Failure.usage("SPEED_OUT_OF_RANGE", "--speed: " + speed + " is not between 0.1 and 100", "try 2");
        }
        double rate = pace().wanted();
        if (tenants < 2 || tenants > 1000 || !(rate >= 1 && rate <= 2000)) {
            throw Failure.usage(
                    "OUT_OF_RANGE",
                    "--tenants is " + tenants + " and --rate " + rate,
                    "use 2 to 1000 tenants and 1 to 2000 requests a second");
        }
        return Gates.labelled(forced);
    }

    private Pace pace() {
        return perSecond == null
                ? Pace.leaving(NEW_RELEASE, Runtime.getRuntime().availableProcessors(), LEAST_RATE, USUAL_RATE)
                : Pace.insisting(perSecond);
    }

    /** History: without any, nobody could say what is usual for a tenant. */
    private void warmUp(DemoTraffic traffic) throws InterruptedException {
        Duration wanted = Duration.ofNanos((long) (WARM_UP.toNanos() / speed));
        Duration time = wanted.compareTo(LEAST_WARM_UP) < 0 ? LEAST_WARM_UP : wanted;
        output.progress("traffic on stable for " + time.toSeconds() + " s, so that there is something to compare with");
        double rate = traffic.warmUp(time, new ProcessorUse());
        output.progress(
                rate < pace().wanted()
                        ? "%.0f requests/s: %.0f and a second release are more than these %d processors carry now (--rate insists)"
                                .formatted(
                                        rate,
                                        pace().wanted(),
                                        Runtime.getRuntime().availableProcessors())
                        : "traffic has risen to %.0f requests/s".formatted(rate));
    }

    /** A release that has just started is compiled by its first requests: they should not be a customer's. */
    private void smoke(LocalWorkload workload, DemoTraffic traffic, RolloutSession session) {
        try {
            List<Integer> ports = workload.readyPorts(Color.GREEN);
            while (ports.isEmpty()) {
                Thread.sleep(200);
                ports = workload.readyPorts(Color.GREEN);
            }
            int answered = traffic.smoke(URI.create("http://127.0.0.1:" + ports.getFirst()), SMOKE_REQUESTS);
            // Once the release has gone, or is about to, how many it still answered misleads.
            if (session.state().ending() == null) {
                output.progress("smoke test of the new release: " + answered + " of " + SMOKE_REQUESTS + " answered");
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private RolloutState watch(RolloutSession session) throws IOException, InterruptedException {
        try (Watcher watcher = new Watcher(output, !headless)) {
            AtomicBoolean answered = new AtomicBoolean();
            RolloutState state = session.run(scene -> {
                watcher.show(scene);
                if (scene.state().stage() instanceof Stage.AwaitingApproval asks
                        && answered.compareAndSet(false, true)) {
                    session.ask(
                            CommandKind.ABORT,
                            "the demo",
                            "it has nobody to ask, and most likely the machine was too busy: try a lower --rate, or again; "
                                    + asks.why());
                }
            });
            watcher.show(session.scene());
            return state;
        }
    }

    private static DemoOutcome.Seen seen(Tally tally) {
        return new DemoOutcome.Seen(tally.tracks(), tally.dropped());
    }

    private static DemoOutcome judge(
            RolloutPlan plan,
            RolloutState state,
            LocalWorkload workload,
            DemoTraffic traffic,
            Duration took,
            Path report) {
        Color canary = state.roles().canary();
        Color serving = state.stage().kind() == StageKind.COMPLETED
                ? canary
                : state.roles().stable();
        TrackTotals totals = workload.metrics().totals().getOrDefault(canary, TrackTotals.NONE);
        IntegrityReport integrity =
                workload.probe().integrity(serving) instanceof Answer.Offered<IntegrityReport>(var proof)
                        ? proof
                        : null;
        return new DemoOutcome(plan, state, seen(traffic.tally()), totals.last(), integrity, took, report);
    }
}
