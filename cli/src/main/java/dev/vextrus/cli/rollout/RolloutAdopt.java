package dev.vextrus.cli.rollout;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rolloutkubernetes.operator.ResourcePreflight;
import dev.vextrus.rolloutkubernetes.preflight.Preflight;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes over a Deployment that serves already, and gives it back. */
@Command(
        name = "adopt",
        description = {
            "Take over a Deployment that serves already, without a pause.",
            "The same pods come beside it, its Service sends them the requests, and it is scaled to 0. From then on a change of its pod template is a rollout.",
            "Goes through the preflight first, and does nothing where a check fails but that of the phases' weights, which are",
            "for the releases to come. An operator carries it out."
        },
        footer = {
            "",
            "Examples:",
            "  vextrus rollout adopt deployment/shop -n web --print          what would be applied",
            "  vextrus rollout adopt deployment/shop -n web --management-port management",
            "  vextrus rollout adopt deployment/shop -n web --give-back      it serves by itself again"
        })
final class RolloutAdopt implements Callable<Integer> {
    private final Output output;

    @Parameters(paramLabel = "deployment/NAME", description = "The Deployment.")
    private String subject = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Its namespace (default: the context's).")
    private @Nullable String namespace;

    @Option(names = "--service", paramLabel = "S", description = "The Service that clients call (default: found).")
    private @Nullable String service;

    @Option(
            names = "--management-port",
            paramLabel = "NAME",
            description =
                    "Name of the container's port of metrics, drain and the release contract (default: management,"
                            + " where there is one).")
    private @Nullable String managementPort;

    @Option(
            names = "--preset",
            paramLabel = "P",
            defaultValue = "10-30-60-100",
            description = "Phases of the releases to come (default: ${DEFAULT-VALUE}).")
    private String preset = "10-30-60-100";

    @Option(names = "--print", description = "Print the PhasedRollout for 'kubectl apply', and do nothing.")
    private boolean print;

    @Option(names = "--give-back", description = "Let the Deployment serve by itself again; the PhasedRollout goes.")
    private boolean giveBack;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long to wait for it (default: ${DEFAULT-VALUE}).")
    private int waitSeconds = 600;

    RolloutAdopt(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        String name = subject.replaceFirst("^(deployments?|deploy)(\\.apps)?/", "");
        try (KubernetesClient client = Cluster.open()) {
            String where = namespace == null ? Objects.requireNonNullElse(client.getNamespace(), "default") : namespace;
            AdoptedWorkload workload =
                    new AdoptedWorkload(client, where, name, output, Duration.ofSeconds(waitSeconds));
            return giveBack ? givenBack(workload, name) : adopted(client, workload, where, name);
        } catch (KubernetesClientException refused) {
            throw Cluster.failure(refused);
        }
    }

    private int adopted(KubernetesClient client, AdoptedWorkload workload, String where, String name)
            throws InterruptedException {
        GenericKubernetesResource resource =
                AdoptionPlan.of(client, where, name, new AdoptionPlan.Wishes(service, managementPort, preset));
        if (print) {
            output.say(Serialization.asYaml(resource).strip());
            return ExitCode.DONE;
        }
        workload.requireNew();
        List<Check> checks = preflight(client, new ResourceFile(resource), where);
        if (checks.stream().anyMatch(RolloutAdopt::forbids)) {
            return new CheckTable(output).tell(where + "/" + name, checks);
        }
        checks.stream()
                .filter(check ->
                        check.outcome() != Check.Outcome.OK || check.name().equals(ResourcePreflight.ADOPTION))
                .forEach(check -> output.progress(check.name() + ": " + check.what()));
        client.resource(resource).inNamespace(where).create();
        workload.awaitCondition("True", "Adopted");
        output.answer(
                "adopted: PhasedRollout " + where + "/" + name + " serves; a change of deployment/" + name
                        + "'s pod template is a rollout from now on",
                Map.of("adopted", true, "namespace", where, "name", name));
        return ExitCode.DONE;
    }

    /** Phases are for the releases to come, and may be changed until then. */
    private static boolean forbids(Check check) {
        return check.outcome() == Check.Outcome.FAILED && !check.name().equals(Preflight.WEIGHT);
    }

    private static List<Check> preflight(KubernetesClient client, ResourceFile file, String where)
            throws InterruptedException {
        Check taken = AsTheServerReadsIt.check(client, file, where);
        List<Check> checks = new ArrayList<>(List.of(taken));
        if (taken.outcome() != Check.Outcome.FAILED) {
            checks.addAll(ResourcePreflight.run(
                    client,
                    AsTheServerReadsIt.identified(client, file, where),
                    OptionalDouble.empty(),
                    Clock.systemUTC(),
                    () -> {}));
        }
        return checks;
    }

    private int givenBack(AdoptedWorkload workload, String name) throws InterruptedException {
        workload.askBack();
        workload.awaitCondition("False", "GivenBack");
        workload.delete();
        output.answer(
                "given back: deployment/" + name + " serves by itself; the PhasedRollout is gone",
                Map.of("adopted", false, "name", name));
        return ExitCode.DONE;
    }
}
