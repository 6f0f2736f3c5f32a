package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.demo.traffic.Tally;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.image.Product;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The trial's customers: a pod that asks at a steady rate, over connections that stay open. */
public final class TrafficPod implements Customers {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final int MANAGEMENT = 9090;

    private final PodCalls calls;
    private final Pod pod;

    private TrafficPod(PodCalls calls, Pod pod) {
        this.calls = calls;
        this.pod = pod;
    }

    /** Starts it; it goes with {@code ground}. */
    public static TrafficPod start(TrialGround ground, double perSecond) {
        KubernetesClient client = ground.client();
        String namespace = ground.namespace();
        String image = ground.image(Product.TILL_DEMO);
        try {
            Pod created = client.resource(pod(namespace, image, ground.entry(), perSecond))
                    .create();
            return ground.cleanup()
                    .add(new TrafficPod(
                            new PodCalls(client, PodCalls.Way.TRY),
                            client.resource(created).waitUntilReady(3, TimeUnit.MINUTES)));
        } catch (KubernetesClientException never) {
            throw Failure.unavailable(
                    "TRAFFIC_NOT_STARTED",
                    "the pod that asks does not become ready: " + never.getMessage(),
                    "kubectl describe pods --namespace " + namespace,
                    never);
        }
    }

    private static Pod pod(String namespace, String image, Entry entry, double perSecond) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("customers")
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(1000L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("customers")
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withArgs("traffic")
                .withEnv(
                        variable("TRAFFIC_URL", entry.url()),
                        variable("TRAFFIC_HOST", entry.host()),
                        variable("TRAFFIC_PER_CONNECTION", Integer.toString(entry.perConnection())),
                        variable("TRAFFIC_PER_SECOND", Double.toString(perSecond)))
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/health/ready")
                .withNewPort(MANAGEMENT)
                .endHttpGet()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    @Override
    public Counts counts() {
        return ask("GET");
    }

    /** The counts until now; they begin anew. */
    public Counts forget() {
        return ask("POST");
    }

    private Counts ask(String method) {
        try {
            JsonNode json = JsonMapper.shared()
                    .readTree(calls.send(pod, MANAGEMENT, method, "/counts", Map.of(), null, ANSWER_WITHIN)
                            .body());
            Map<String, Counts.Track> tracks = new TreeMap<>();
            long skew = System.currentTimeMillis() - json.path("now").asLong();
            json.path("releases")
                    .properties()
                    .forEach(entry -> tracks.put(entry.getKey(), track(entry.getValue(), skew)));
            return new Counts(
                    tracks, json.path("dropped").asLong(), json.path("why").asString());
        } catch (IOException silence) {
            throw Failure.unavailable(
                    "TRAFFIC_SILENT",
                    "the pod that asks does not tell its counts: " + silence.getMessage(),
                    "see that this machine reaches pods, or may forward their ports",
                    silence);
        }
    }

    private static Counts.Track track(JsonNode json, long skew) {
        return new Counts.Track(
                new Tally.View(
                        json.path("requests").asLong(),
                        json.path("failed").asLong(),
                        json.path("p95Millis").asDouble()),
                Instant.ofEpochMilli(json.path("firstMillis").asLong() + skew),
                Instant.ofEpochMilli(json.path("lastMillis").asLong() + skew));
    }

    @Override
    public void close() {
        calls.close();
    }
}
