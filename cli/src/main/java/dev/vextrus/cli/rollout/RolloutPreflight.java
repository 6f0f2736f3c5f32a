package dev.vextrus.cli.rollout;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.PlanReader;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rollout.planfile.Reading;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rolloutkubernetes.operator.ResourcePreflight;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The checklist before a rollout. */
@Command(
        name = "preflight",
        description = {
            "Go through the checklist before a rollout: what would fail, why, and how to mend it.",
            "Asks the cluster for permissions, shares, Secrets, images, budgets and traffic, or this machine for the two"
                    + " programs, folder, port, disk, memory and the stable release; changes nothing that stays."
        },
        footer = {
            "",
            "Exit codes: 0 nothing failed; 1 a check failed; 2 the plan cannot be read; 3 no cluster answers.",
            "",
            "Examples:",
            "  vextrus rollout preflight examples/greeter/plan-better.yaml --requests-per-minute 600",
            "  vextrus rollout preflight plan.yaml --namespace shop",
            "  vextrus rollout preflight phasedrollout/till -n shop --requests-per-minute 600",
            "  vextrus rollout preflight plan.yaml --json"
        })
final class RolloutPreflight implements Callable<Integer> {
    private static final int MOST_SECONDS = 3600;

    private final Output output;

    @Parameters(
            paramLabel = "PLAN|NAME",
            description = "The plan's file; or the name of a PhasedRollout that the cluster has.")
    private String subject = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace in the cluster that KUBECONFIG names (default: the file's, or the context's).")
    private @Nullable String namespace;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "Traffic of both releases together (default: as counted meanwhile).")
    private @Nullable Double requestsPerMinute;

    @Option(
            names = "--count-for",
            paramLabel = "SECONDS",
            defaultValue = "12",
            description = "How long the traffic is counted (default: ${DEFAULT-VALUE}).")
    private int countForSeconds = 12;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "On this machine: the port that 'rollout start' would be given (default: a free one).")
    private int port;

    RolloutPreflight(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        if ((requestsPerMinute != null && !(requestsPerMinute > 0))
                || countForSeconds < 1
                || countForSeconds > MOST_SECONDS) {
            throw Failure.usage(
                    "OUT_OF_RANGE",
                    "--requests-per-minute is " + requestsPerMinute + " and --count-for " + countForSeconds,
                    "use more than 0 requests a minute, and 1 to " + MOST_SECONDS + " seconds");
        }
        Path file = Path.of(subject).toAbsolutePath().normalize();
        Optional<String> named = RolloutRef.named(subject);
        if (named.isEmpty() && (namespace == null || Files.exists(file) || looksLikeFile())) {
            return ResourceFile.read(file).map(this::ofFile).orElseGet(() -> onThisMachine(file));
        }
        return ofName(named.orElse(subject));
    }

    private boolean looksLikeFile() {
        return subject.endsWith(".yaml") || subject.endsWith(".yml") || subject.contains("/");
    }

    private int onThisMachine(Path file) {
        OptionalDouble rate = requestsPerMinute == null ? OptionalDouble.empty() : OptionalDouble.of(requestsPerMinute);
        return switch (PlanReader.read(file)) {
            case Reading.Valid<RolloutPlan>(RolloutPlan plan) ->
                new CheckTable(output).tell(plan.name(), PreflightHere.run(plan, port, rate));
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) -> PlanFile.tell(output, problems);
        };
    }

    private int ofName(String name) throws InterruptedException {
        try (KubernetesClient client = Cluster.open()) {
            PhasedRollout resource = new ClusterRollout(client, namespace(client, null), name).resource();
            return new CheckTable(output).tell(resource.title(), checks(client, resource));
        }
    }

    private int ofFile(ResourceFile file) {
        try (KubernetesClient client = Cluster.open()) {
            String into = namespace(client, file.written().getMetadata().getNamespace());
            Check taken = AsTheServerReadsIt.check(client, file, into);
            List<Check> checks = new ArrayList<>(List.of(taken));
            if (taken.outcome() != Check.Outcome.FAILED) {
                PhasedRollout resource = AsTheServerReadsIt.identified(client, file, into);
                checks.addAll(checks(client, resource));
            }
            return new CheckTable(output).tell(into + "/" + file.name(), checks);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ending);
        }
    }

    private String namespace(KubernetesClient client, @Nullable String ofFile) {
        if (namespace != null) {
            return namespace;
        }
        return ofFile != null ? ofFile : Objects.requireNonNullElse(client.getNamespace(), "default");
    }

    private List<Check> checks(KubernetesClient client, PhasedRollout resource) throws InterruptedException {
        return ResourcePreflight.run(
                client,
                resource,
                requestsPerMinute == null ? OptionalDouble.empty() : OptionalDouble.of(requestsPerMinute),
                Clock.systemUTC(),
                () -> {
                    output.progress("counting the traffic for " + countForSeconds + " s");
                    Thread.sleep(1000L * countForSeconds);
                });
    }
}
