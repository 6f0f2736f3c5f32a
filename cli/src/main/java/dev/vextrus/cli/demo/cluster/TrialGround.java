package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.rollout.ClusterRollout;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Everything that a trial on a cluster runs on. What it makes goes with {@code cleanup}. */
public final class TrialGround {
    private static final Duration SERVES_WITHIN = Duration.ofMinutes(5);
    private static final String FIELD_MANAGER = "vextrus-demo";
    private static final int LOOK_MILLIS = 500;
    private static final int MANAGEMENT = 9090;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;
    private final Entry entry;
    private final String image;
    private final TrialOperator operator;
    private final Output output;
    private final Cleanup cleanup;

    private TrialGround(
            KubernetesClient client,
            String namespace,
            Entry entry,
            String image,
            TrialOperator operator,
            Output output,
            Cleanup cleanup) {
        this.client = client;
        this.namespace = namespace;
        this.entry = entry;
        this.image = image;
        this.operator = operator;
        this.output = output;
        this.cleanup = cleanup;
    }

    public static TrialGround open(Output output, Cleanup cleanup, TrialOptions options)
            throws IOException, InterruptedException {
        KubernetesClient client = cleanup.add(Cluster.open());
        String image = TillImage.handOver(output, options);
        TrialNamespace namespace = cleanup.add(TrialNamespace.make(client, output, "vextrus-demo"));
        Entry entry = Entry.find(client, namespace.name(), options.router());
        output.progress("traffic by " + entry.router() + ", through " + entry.url());
        Path log = Files.createTempFile("vextrus-operator", ".log");
        TrialOperator operator = cleanup.add(new TrialOperator(namespace.name(), log));
        output.progress("an operator of its own; its log: " + log);
        return new TrialGround(client, namespace.name(), entry, image, operator, output, cleanup);
    }

    public Entry entry() {
        return entry;
    }

    public String image() {
        return image;
    }

    public TrialOperator operator() {
        return operator;
    }

    public ClusterRollout rollout() {
        return new ClusterRollout(client, namespace, TillPlan.NAME);
    }

    /** As {@code kubectl apply} would. */
    public void apply(String yaml) {
        GenericKubernetesResource resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
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
                .withName(TillPlan.NAME)
                .get();
        PhasedRolloutStatus status = found == null ? null : found.getStatus();
        return status == null ? PhasedRolloutStatus.NONE : status;
    }

    public TrafficPod traffic(double perSecond) {
        return cleanup.add(TrafficPod.start(client, namespace, image, entry, perSecond));
    }

    /** Posts {@code path} to the management port of every pod of the service; one that goes just then is left out. */
    public void tellEveryPod(String path) {
        List<Pod> pods = client.pods()
                .inNamespace(namespace)
                .withLabel("vextrus.dev/rollout", TillPlan.NAME)
                .list()
                .getItems();
        try (PodCalls calls = new PodCalls(client, PodCalls.Way.TRY)) {
            for (Pod pod : pods) {
                try {
                    calls.post(pod, MANAGEMENT, path, ANSWER_WITHIN);
                } catch (IOException gone) {
                    output.progress("pod " + pod.getMetadata().getName() + " was not told: " + gone.getMessage());
                }
            }
        }
    }
}
