package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.rollout.ClusterRollout;
import dev.vextrus.image.Product;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Everything that a trial on a cluster runs on. What it makes goes with {@code cleanup}. */
public final class TrialGround {
    private static final Duration SERVES_WITHIN = Duration.ofMinutes(5);
    private static final String FIELD_MANAGER = "vextrus-demo";
    private static final int LOOK_MILLIS = 500;
    static final int MANAGEMENT = 9090;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;
    private final String workload;
    private final Entry entry;
    private final Map<Product, String> images;
    private final TrialOperator operator;
    private final Output output;
    private final Cleanup cleanup;

    private TrialGround(
            KubernetesClient client,
            String namespace,
            String workload,
            Entry entry,
            Map<Product, String> images,
            TrialOperator operator,
            Output output,
            Cleanup cleanup) {
        this.client = client;
        this.namespace = namespace;
        this.workload = workload;
        this.entry = entry;
        this.images = images;
        this.operator = operator;
        this.output = output;
        this.cleanup = cleanup;
    }

    /**
     * @param workload its name
     * @param products whose images the nodes need
     */
    public static TrialGround open(
            Output output, Cleanup cleanup, TrialOptions options, String workload, List<Product> products)
            throws IOException, InterruptedException {
        KubernetesClient client = cleanup.add(Cluster.open());
        Map<Product, String> images = TrialImages.handOver(output, options, products);
        TrialNamespace namespace = cleanup.add(TrialNamespace.make(client, output, "vextrus-demo"));
        Entry entry = Entry.find(client, namespace.name(), workload, options.router());
        output.progress("traffic by " + entry.router() + ", through " + entry.url());
        Path log = Files.createTempFile("vextrus-operator", ".log");
        TrialOperator operator = cleanup.add(new TrialOperator(namespace.name(), log));
        output.progress("an operator of its own; its log: " + log);
        return new TrialGround(client, namespace.name(), workload, entry, images, operator, output, cleanup);
    }

    public Entry entry() {
        return entry;
    }

    /** Name of an image that the nodes have. */
    public String image(Product product) {
        return Objects.requireNonNull(images.get(product), product::label);
    }

    public TrialOperator operator() {
        return operator;
    }

    public ClusterRollout rollout() {
        return new ClusterRollout(client, namespace, workload);
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    Output output() {
        return output;
    }

    Cleanup cleanup() {
        return cleanup;
    }

    /** As {@code kubectl apply} would. */
    public void apply(HasMetadata resource) {
        resource.getMetadata().setNamespace(namespace);
        try {
            client.resource(resource)
                    .fieldManager(FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException refused) {
            throw Cluster.failure(refused);
        }
    }

    /** Waits until the first release serves with all its pods. */
    public void awaitServing() throws InterruptedException {
        long deadline = System.nanoTime() + SERVES_WITHIN.toNanos();
        String phase = "";
        while (System.nanoTime() < deadline) {
            operator.requireAlive();
            PhasedRolloutStatus status = status();
            phase = status.phase() == null ? "" : status.phase();
            if (phase.equals("Serving")) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw Failure.unavailable(
                "STABLE_NOT_READY",
                "the stable release did not serve within " + SERVES_WITHIN.toMinutes() + " min; its phase is '" + phase
                        + "'",
                "see 'kubectl get events --namespace " + namespace + "'");
    }

    private PhasedRolloutStatus status() {
        PhasedRollout found = client.resources(PhasedRollout.class)
                .inNamespace(namespace)
                .withName(workload)
                .get();
        PhasedRolloutStatus status = found == null ? null : found.getStatus();
        return status == null ? PhasedRolloutStatus.NONE : status;
    }

    /** The pods of a colour that run, ready ones first. */
    List<Pod> pods(Color color) {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabels(Names.selector(workload, color))
                .list()
                .getItems()
                .stream()
                .filter(PodReading::stays)
                .sorted(Comparator.comparing(pod -> !PodReading.ready(pod)))
                .toList();
    }

    /** Posts {@code path} to the management port of every pod of the service; one that goes just then is left out. */
    public void tellEveryPod(String path) {
        try (PodCalls calls = new PodCalls(client, PodCalls.Way.TRY)) {
            for (Pod pod : Stream.of(Color.values())
                    .flatMap(color -> pods(color).stream())
                    .toList()) {
                try {
                    calls.post(pod, MANAGEMENT, path, ANSWER_WITHIN);
                } catch (IOException gone) {
                    output.progress("pod " + pod.getMetadata().getName() + " was not told: " + gone.getMessage());
                }
            }
        }
    }
}
