package dev.vextrus.e2e;

import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A PhasedRollout of the light workload, as people with {@code kubectl} have it: text goes in, a status comes out. */
final class Till {
    static final String NAME = "till";
    static final int REPLICAS = 4;

    private static final String API = "vextrus.dev/v1alpha1";
    private static final Duration LIMIT = Duration.ofMinutes(6);

    private final TestCluster cluster;

    Till(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** What {@code kubectl get -o yaml} shows of it; empty text for what is not there. */
    record Status(
            String phase,
            String stage,
            String weight,
            String reason,
            String message,
            String rollout,
            String stableVersion,
            String stableColor) {
        boolean ended() {
            return List.of("COMPLETED", "ROLLED_BACK", "REFUSED").contains(stage);
        }

        String otherColor() {
            return stableColor.equals("blue") ? "green" : "blue";
        }
    }

    static Status status(GenericKubernetesResource resource) {
        return new Status(
                text(resource, "phase"),
                text(resource, "stage"),
                text(resource, "weight"),
                text(resource, "reason"),
                text(resource, "message"),
                text(resource, "rollout"),
                text(resource, "stable", "version"),
                text(resource, "stable", "color"));
    }

    private static String text(GenericKubernetesResource resource, String... path) {
        Object found = resource.getAdditionalProperties().get("status");
        for (String name : path) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return Objects.toString(found, "");
    }

    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            operation() {
        return cluster.client().genericKubernetesResources(API, "PhasedRollout");
    }

    Resource<GenericKubernetesResource> resource() {
        return operation().inNamespace(cluster.namespace()).withName(NAME);
    }

    /** {@code kubectl apply}: another version is another template, so it begins a rollout. */
    void apply(String version, int failPercent, String bake) {
        apply(Order.of(version).bakingFor(bake).with("FAIL_PERCENT", Integer.toString(failPercent)));
    }

    void apply(Order order) {
        operation()
                .inNamespace(cluster.namespace())
                .resource(Serialization.unmarshal(order.text(NAME), GenericKubernetesResource.class))
                .forceConflicts()
                .serverSideApply();
    }

    Status status() {
        GenericKubernetesResource found = resource().get();
        if (found == null) {
            throw new AssertionError("there is no PhasedRollout " + NAME);
        }
        return status(found);
    }

    /** @param operator is asked what it said where this does not come to be */
    Status await(String what, ClusterOperator operator, Predicate<Status> wanted) throws Exception {
        return await(what, operator::told, wanted);
    }

    /** @param told what the operator said, for a test that fails */
    Status await(String what, Supplier<String> told, Predicate<Status> wanted) throws Exception {
        try {
            return Eventually.get(LIMIT, () -> {
                Status now = status();
                return wanted.test(now) ? now : null;
            });
        } catch (AssertionError never) {
            throw new AssertionError(what + ": not so; " + status() + "; " + told.get(), never);
        }
    }

    /** Nothing is on its way: one release serves with all its pods, and the other's are gone. */
    Status settled(ClusterOperator operator) throws Exception {
        return settled(operator::told);
    }

    /** @param told what the operator said, for a test that fails */
    Status settled(Supplier<String> told) throws Exception {
        return await(
                "one release serves, and no other has pods",
                told,
                s -> !s.stableColor().isEmpty()
                        && (s.stage().isEmpty() ? s.phase().equals("Serving") : s.ended())
                        && pods(s.stableColor()).size() == REPLICAS
                        && pods(s.otherColor()).isEmpty());
    }

    /** Names of the pods of a colour, each with how often it was started anew. */
    Set<String> pods(String color) {
        return client().pods().inNamespace(cluster.namespace()).withLabels(labels(color)).list().getItems().stream()
                .map(Till::told)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of both releases, without the load. */
    List<Pod> pods() {
        return client().pods()
                .inNamespace(cluster.namespace())
                .withLabel("vextrus.dev/rollout", NAME)
                .list()
                .getItems();
    }

    static String told(Pod pod) {
        int restarts = pod.getStatus().getContainerStatuses().stream()
                .mapToInt(status -> status.getRestartCount())
                .sum();
        return pod.getMetadata().getName() + (restarts == 0 ? "" : " started anew " + restarts + " times");
    }

    static Map<String, String> labels(String color) {
        return Map.of("vextrus.dev/rollout", NAME, "vextrus.dev/color", color);
    }

    /** What {@code kubectl get phasedrollout} prints: the API server itself makes the table. */
    String row() throws Exception {
        JsonNode table = JsonMapper.shared()
                .readTree(client().getHttpClient()
                        .sendAsync(
                                client().getHttpClient()
                                        .newHttpRequestBuilder()
                                        .uri(URI.create(client().getMasterUrl() + "apis/" + API + "/namespaces/"
                                                + cluster.namespace() + "/phasedrollouts/" + NAME))
                                        .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                                        .build(),
                                String.class)
                        .get(1, TimeUnit.MINUTES)
                        .body());
        List<String> cells = new ArrayList<>();
        int column = 0;
        for (JsonNode definition : table.path("columnDefinitions")) {
            String name = definition.path("name").asString();
            JsonNode cell = table.path("rows").path(0).path("cells").path(column++);
            if (!name.equals("Age") && definition.path("priority").asInt() == 0) {
                cells.add(name + "=" + (cell.isNull() ? "" : cell.asString()));
            }
        }
        return String.join(" ", cells);
    }

    /** Status of a condition and its reason; null where it is not there. */
    @Nullable
    String condition(String type) {
        Object status = Objects.requireNonNull(resource().get())
                .getAdditionalProperties()
                .get("status");
        if (status instanceof Map<?, ?> map && map.get("conditions") instanceof List<?> conditions) {
            for (Object condition : conditions) {
                if (condition instanceof Map<?, ?> c && type.equals(c.get("type"))) {
                    return c.get("status") + " " + c.get("reason");
                }
            }
        }
        return null;
    }

    KubernetesClient client() {
        return cluster.client();
    }

    String namespace() {
        return cluster.namespace();
    }
}
