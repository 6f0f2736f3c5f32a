package dev.vextrus.cli.bench;

import dev.vextrus.cli.demo.cluster.Counts;
import dev.vextrus.cli.demo.cluster.TillPlan;
import dev.vextrus.cli.demo.cluster.TrafficPod;
import dev.vextrus.cli.demo.cluster.TrialGround;
import dev.vextrus.cli.demo.cluster.TrialOptions;
import dev.vextrus.cli.demo.cluster.Watched;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.rollout.RolloutFolder;
import dev.vextrus.image.Product;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The same trials on a cluster that others were put to, side by side with their published figures. */
@Command(
        name = "rollout",
        description = {
            "Put our rollout to the trials on a cluster that Argo Rollouts and Flagger were put to.",
            "Ten pods, 50 requests/s, steps of 10, 30 and 60 %% of a minute each; prints our column beside theirs, in some 20 minutes.",
            "Runs in a namespace of its own, on the cluster that KUBECONFIG names; nothing of it stays."
        },
        footer = {
            "",
            "Exit codes: 0 every release ended as it should; 1 one did not.",
            "",
            "Examples:",
            "  vextrus bench rollout --load-image 'kind load image-archive {}'",
            "  vextrus bench rollout --row errors,shared-outage --image registry.example/till-demo:1 --json"
        })
public final class RolloutBench implements Callable<Integer> {
    private static final int REPLICAS = 10;
    private static final double PER_SECOND = 50;
    private static final long STEP_MILLIS = 60_000;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(10);

    private final Output output;

    @Mixin
    private TrialOptions trial = new TrialOptions();

    @Option(
            names = "--row",
            paramLabel = "ROW",
            split = ",",
            description = "Only these: good, errors, shared-outage, metrics-lost, controller-gone, never-ready"
                    + " (default: all).")
    private List<String> labels = List.of();

    public RolloutBench(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<TrialRow> rows = rows();
        List<TrialResult> results = new ArrayList<>();
        try (Cleanup cleanup = Cleanup.armed()) {
            TrialGround ground = TrialGround.open(output, cleanup, trial, TillPlan.NAME, List.of(Product.TILL_DEMO));
            TillPlan plan = new TillPlan(
                    ground.image(Product.TILL_DEMO), REPLICAS, ground.entry().yaml(), STEP_MILLIS, false);
            ground.apply(plan.release("1.0.0", "none"));
            ground.awaitServing();
            TrafficPod traffic = TrafficPod.start(ground, PER_SECOND);
            Thread.sleep(WARM_UP);
            for (TrialRow row : rows) {
                results.add(run(row, "1." + (results.size() + 1) + ".0", ground, plan, traffic));
                output.progress(row.title() + ": " + results.getLast().say());
                Thread.sleep(BETWEEN);
            }
        }
        tell(results);
        return results.stream().allMatch(TrialResult::right) ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }

    private List<TrialRow> rows() {
        for (String label : labels) {
            if (!TrialRow.labels().contains(label)) {
                throw Failure.usage(
                        "ROW_UNKNOWN",
                        "--row: '" + label + "' is no row",
                        "use some of " + String.join(", ", TrialRow.labels()));
            }
        }
        return List.of(TrialRow.values()).stream()
                .filter(row -> labels.isEmpty() || labels.contains(row.label()))
                .toList();
    }

    private TrialResult run(TrialRow row, String version, TrialGround ground, TillPlan plan, TrafficPod traffic)
            throws InterruptedException {
        output.progress(row.title() + ": begins");
        Watched watched = new Watched(ground);
        traffic.forget();
        Instant applied = Instant.now();
        ground.apply(plan.release(version, row.fault()));
        TrialMischief mischief = new TrialMischief(row, ground);
        double[] highest = {0};
        RolloutFolder.Past end = watched.follow(
                        past -> {
                            highest[0] =
                                    Math.max(highest[0], past.state().routing().weight());
                            mischief.look(past.state(), Instant.now());
                        },
                        ENDS_WITHIN)
                .orElseThrow(() -> Failure.unavailable(
                        "NO_ROLLOUT",
                        row.title() + ": no rollout began within " + ENDS_WITHIN.toMinutes() + " min",
                        "see the operator's log"));
        Counts counts = traffic.counts();
        if (!counts.why().isEmpty()) {
            output.progress("what a dropped connection met: " + counts.why());
        }
        return TrialResult.of(row, end, counts, applied, Instant.now(), highest[0]);
    }

    private void tell(List<TrialResult> results) {
        if (output.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("replicas", REPLICAS);
            fields.put("requestsPerSecond", PER_SECOND);
            fields.put("rows", results.stream().map(TrialResult::fields).toList());
            output.result(fields);
            return;
        }
        String form = "%-38s | %-58s | %-42s | %s";
        output.say(String.format(Locale.ROOT, form, "", "Vextrus", "Argo Rollouts 1.10.1", "Flagger 1.36.1"));
        for (TrialResult result : results) {
            output.say(String.format(
                    Locale.ROOT,
                    form,
                    result.row().title(),
                    result.say(),
                    result.row().argo(),
                    result.row().flagger()));
        }
        output.say("ours measured now; theirs once, on a cluster of the same kind, with a look every 10 s");
    }
}
