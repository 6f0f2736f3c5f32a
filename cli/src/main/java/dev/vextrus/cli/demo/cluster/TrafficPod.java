package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.demo.traffic.Tally;
import dev.vextrus.cli.output.Failure;
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
public final class TrafficPod implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final int MANAGEMENT = 9090;

    private final PodCalls calls;
    private final Pod pod;

    private TrafficPod(PodCalls calls, Pod pod) {
        this.calls = calls;
        this.pod = pod;
    }

    /**
     * What the callers saw since it was asked to forget.
     *
     * @param dropped requests that no release answered
     * @param why what the last of them met; empty where there was none
     */
    public record Counts(Map<String, Track> tracks, long dropped, String why) {
        public Track of(String version) {
            return tracks.getOrDefault(version, Track.NONE);
        }

        public long failed() {
            return dropped
                    + tracks.values().stream().mapToLong(t -> t.seen().failed()).sum();
        }

        public long requests() {
            return dropped
                    + tracks.values().stream()
                            .mapToLong(t -> t.seen().requests())
                            .sum();
        }
    }

    /** What the callers saw of one release; the times are by this machine's clock. */
    public record Track(Tally.View seen, Instant first, Instant last) {
        static final Track NONE = new Track(new Tally.View(0, 0, 0), Instant.MIN, Instant.MIN);
    }

    static TrafficPod start(KubernetesClient client, String namespace, String image, Entry entry, double perSecond) {
        try {
            Pod created =
                    client.resource(pod(namespace, image, entry, perSecond)).create();
            return new TrafficPod(
                    new PodCalls(client, PodCalls.Way.TRY),
                    client.resource(created).waitUntilReady(3, TimeUnit.MINUTES));
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
            Map<String, Track> tracks = new TreeMap<>();
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

    private static Track track(JsonNode json, long skew) {
        return new Track(
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
