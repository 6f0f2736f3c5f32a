package dev.vextrus.rolloutkubernetes.testkit;

import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Steady traffic from within the cluster, over connections that stay open, and what came back of it. */
public final class LoadPod implements AutoCloseable {
    private final TestCluster cluster;
    private final PodCalls calls;
    private final Pod pod;

    /**
     * What came back since the last {@link #reset}.
     *
     * @param answers by colour
     * @param firstMillis time of each colour's first answer, by the load's own clock
     * @param lastMillis time of each colour's last answer, by the load's own clock
     * @param nowMillis that clock now
     */
    public record Counts(
            Map<String, Long> answers,
            Map<String, Long> firstMillis,
            Map<String, Long> lastMillis,
            long failed,
            String why,
            long nowMillis) {
        public long of(String color) {
            return answers.getOrDefault(color, 0L);
        }

        public long all() {
            return answers.values().stream().mapToLong(Long::longValue).sum();
        }

        public double share(String color) {
            return all() == 0 ? 0 : (double) of(color) / all();
        }
    }

    /**
     * Starts it, and waits until it has an address.
     *
     * @param perConnection requests until a client opens another connection; 0 for never
     * @param headers {@code name=value}, separated by commas
     */
    public LoadPod(TestCluster cluster, String url, String host, int perConnection, String headers) {
        this.cluster = cluster;
        this.calls = new PodCalls(cluster.client(), PodCalls.Way.TRY);
        Pod created = cluster.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withGenerateName("load-")
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(0L)
                        .withNewSecurityContext()
                        .withRunAsNonRoot(true)
                        .withRunAsUser(1000L)
                        .withNewSeccompProfile()
                        .withType("RuntimeDefault")
                        .endSeccompProfile()
                        .endSecurityContext()
                        .addNewContainer()
                        .withName("load")
                        .withImage(TestImage.NAME)
                        .withImagePullPolicy("IfNotPresent")
                        .withEnv(
                                variable("LOAD_URL", url),
                                variable("LOAD_HOST", host),
                                variable("LOAD_PER_CONNECTION", Integer.toString(perConnection)),
                                variable("LOAD_HEADERS", headers))
                        // Starved of processor time, it would time out by itself and call that a failure.
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("100m"))
                        .endResources()
                        .withNewSecurityContext()
                        .withAllowPrivilegeEscalation(false)
                        .withNewCapabilities()
                        .addToDrop("ALL")
                        .endCapabilities()
                        .endSecurityContext()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        this.pod = cluster.client().resource(created).waitUntilReady(3, TimeUnit.MINUTES);
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    public Counts counts() {
        return ask("GET");
    }

    /** Tells the counts, and begins them anew. */
    public Counts reset() {
        return ask("POST");
    }

    /** Waits for so many answers since the last reset. */
    public Counts await(long answers) {
        TestCluster.await("the load has " + answers + " answers", () -> counts().all() >= answers);
        return counts();
    }

    /** A node that is out of breath may not take the connection at once. */
    private Counts ask(String method) {
        List<Counts> told = new ArrayList<>();
        TestCluster.await("the load tells its counts", () -> {
            asked(method).ifPresent(told::add);
            return !told.isEmpty();
        });
        return told.getFirst();
    }

    private Optional<Counts> asked(String method) {
        try {
            JsonNode json = JsonMapper.builder()
                    .build()
                    .readTree(calls.send(pod, 9090, method, "/counts", Map.of(), null, Duration.ofSeconds(20))
                            .body());
            return Optional.of(new Counts(
                    longs(json.path("answers")),
                    longs(json.path("first")),
                    longs(json.path("last")),
                    json.path("failed").asLong(),
                    json.path("why").asString(),
                    json.path("now").asLong()));
        } catch (IOException silence) {
            return Optional.empty();
        }
    }

    private static Map<String, Long> longs(JsonNode object) {
        Map<String, Long> longs = new TreeMap<>();
        object.properties()
                .forEach(entry -> longs.put(entry.getKey(), entry.getValue().asLong()));
        return longs;
    }

    @Override
    public void close() {
        cluster.client().resource(pod).withGracePeriod(0).delete();
        calls.close();
    }
}
