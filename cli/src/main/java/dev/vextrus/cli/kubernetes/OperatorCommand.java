package dev.vextrus.cli.kubernetes;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rolloutkubernetes.operator.RolloutOperator;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the operator in this process, inside a cluster or outside. */
@Command(
        name = "operator",
        description = {
            "Watch PhasedRollout objects of a cluster and carry them out, until stopped.",
            "Several may run: one leads, another takes over within 15 s. In a cluster: deploy/operator/operator.yaml."
        },
        footer = {"", "Examples:", "  vextrus operator", "  vextrus operator --namespace shop"})
public final class OperatorCommand implements Callable<Integer> {
    private static final String LOG_LEVEL = "vextrus.log";

    private final Output output;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            split = ",",
            description = "Watch only these namespaces (default: all).")
    private List<String> namespaces = List.of();

    @Option(
            names = "--lease-namespace",
            paramLabel = "NS",
            description = "Where the lease lies that one of several operators holds (default: the one namespace that is"
                    + " watched, else that of the context).")
    private @Nullable String leaseNamespace;

    public OperatorCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "INFO");
        }
        CountDownLatch stopped = new CountDownLatch(1);
        try (KubernetesClient client = Cluster.open()) {
            checkDefinition(client);
            String identity = System.getProperty("user.name", "unknown") + "/"
                    + UUID.randomUUID().toString().substring(0, 8);
            output.progress("one operator of lease " + lease(client) + "/" + RolloutOperator.LEASE
                    + " leads at a time; this one, " + identity + ", waits until it does");
            RolloutOperator operator = RolloutOperator.start(
                    client,
                    new RolloutOperator.Settings(Set.copyOf(namespaces), lease(client), identity),
                    InstantSource.system(),
                    this::endAtOnce);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                operator.close();
                stopped.countDown();
            }));
            output.progress("the operator watches " + (namespaces.isEmpty() ? "all namespaces" : namespaces) + " of "
                    + client.getMasterUrl());
            stopped.await();
        }
        return ExitCode.DONE;
    }

    /**
     * Another may lead already, so nothing more is to be done here; and an orderly end would wait for the very thread that
     * says so. What stands in the cluster stands.
     */
    private void endAtOnce() {
        output.progress("the lease is lost: this operator ends, and another leads");
        Runtime.getRuntime().halt(ExitCode.UNAVAILABLE);
    }

    private String lease(KubernetesClient client) {
        if (leaseNamespace != null) {
            return leaseNamespace;
        }
        return namespaces.size() == 1
                ? namespaces.getFirst()
                : Objects.requireNonNullElse(client.getNamespace(), "default");
    }

    private void checkDefinition(KubernetesClient client) {
        try {
            String first = namespaces.isEmpty() ? null : namespaces.getFirst();
            if (first == null) {
                client.resources(PhasedRollout.class).inAnyNamespace().list();
            } else {
                client.resources(PhasedRollout.class).inNamespace(first).list();
            }
        } catch (KubernetesClientException e) {
            throw Cluster.failure(e);
        }
    }
}
