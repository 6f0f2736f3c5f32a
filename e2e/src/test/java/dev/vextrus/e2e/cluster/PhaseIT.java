package dev.vextrus.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.FrontDoor;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The phases of production, applied for good one after the other: all is as people apply it but for the program, which is
 * the light one (five of finance need more than two processors), and so without migrations.
 */
@BesideOthers
class PhaseIT {
    private static final String SMALL = "production/20-50-80-100/phase-";
    private static final String LARGE = "production/10-30-60-100/phase-";

    @TempDir
    private Path folder;

    @Test
    void the_phases_of_the_small_preset_follow_each_other_behind_one_service_and_one_budget() throws Exception {
        Kubectl.requireCluster();
        TestImage.loaded();
        try (TestCluster cluster = TestCluster.named("pods-phase")) {
            String namespace = cluster.namespace();
            secrets(namespace);
            Overlays overlays = Overlays.copy(FrontDoor.repository(), folder);

            apply(overlays, namespace, SMALL + 1, Map.of("blue", 4, "green", 1));
            oneBudgetForBoth(namespace);
            Kubectl.ask(
                    "wait",
                    "hpa/finance-green",
                    "-n",
                    namespace,
                    "--for=jsonpath={.status.conditions[?(@.type==\"AbleToScale\")].status}=True",
                    "--timeout=170s");

            apply(overlays, namespace, SMALL + 2, Map.of("blue", 2, "green", 3));
            apply(overlays, namespace, SMALL + 3, Map.of("blue", 1, "green", 4));
            apply(overlays, namespace, SMALL + 4, Map.of("green", 5));
            oneBudgetForBoth(namespace);
            assertThat(Kubectl.json("get", "hpa/finance-green", "-n", namespace)
                            .path("spec")
                            .path("maxReplicas")
                            .asInt())
                    .isEqualTo(20);
        }
    }

    @Test
    void the_phases_of_the_large_preset_follow_each_other_with_ten_pods_in_each() throws Exception {
        Kubectl.requireCluster();
        TestImage.loaded();
        try (TestCluster cluster = TestCluster.named("pods-phases")) {
            String namespace = cluster.namespace();
            secrets(namespace);
            Overlays overlays = Overlays.copy(FrontDoor.repository(), folder);

            apply(overlays, namespace, LARGE + 1, Map.of("blue", 9, "green", 1));
            apply(overlays, namespace, LARGE + 2, Map.of("blue", 7, "green", 3));
            apply(overlays, namespace, LARGE + 3, Map.of("blue", 4, "green", 6));
            apply(overlays, namespace, LARGE + 4, Map.of("green", 10));
            oneBudgetForBoth(namespace);
        }
    }

    /** As people do it, and until it serves. */
    private static void apply(Overlays overlays, String namespace, String phase, Map<String, Integer> pods)
            throws Exception {
        Kubectl.ask("apply", "-k", overlay(overlays, namespace, phase).toString());
        for (String color : List.of("blue", "green")) {
            Kubectl.ask("rollout", "status", "deployment/finance-" + color, "-n", namespace, "--timeout=240s");
        }
        Range range = Range.of(Kubectl.json("get", "hpa/finance-green", "-n", namespace));
        assertThat(pods.get("green"))
                .as(phase + " begins within its autoscaler's range")
                .isBetween(range.min(), range.max());
        await(phase + ": " + pods + " serve, of green what its autoscaler wants: " + range, () -> {
            Map<String, Integer> serving = serving(namespace);
            boolean asAsked = serving.keySet().equals(pods.keySet())
                    && Objects.equals(serving.get("blue"), pods.get("blue"))
                    && range.holds(serving.getOrDefault("green", 0));
            return asAsked ? "" : "served by " + serving;
        });
    }

    /**
     * What a phase's autoscaler allows: it may take idle pods away as soon as it has been told that they are idle, and
     * add some on a busy machine.
     */
    private record Range(int min, int max) {
        static Range of(JsonNode autoscaler) {
            return new Range(
                    autoscaler.path("spec").path("minReplicas").asInt(),
                    autoscaler.path("spec").path("maxReplicas").asInt());
        }

        boolean holds(int pods) {
            return min <= pods && pods <= max;
        }
    }

    /** It counts the pods of both colours, however many their Deployments have by now, and keeps 70 % of them. */
    private static void oneBudgetForBoth(String namespace) throws Exception {
        await(
                "the budget counts both colours' pods, and keeps 70 % of them",
                () -> {
                    int wanted = 0;
                    for (JsonNode deployment :
                            Kubectl.json("get", "deployments", "-n", namespace).path("items")) {
                        wanted += deployment.path("spec").path("replicas").asInt();
                    }
                    JsonNode status =
                            Kubectl.json("get", "pdb/finance", "-n", namespace).path("status");
                    int healthy = (wanted * 7 + 9) / 10;
                    boolean asAsked = status.path("expectedPods").asInt() == wanted
                            && status.path("desiredHealthy").asInt() == healthy;
                    return asAsked ? "" : wanted + " pods are wanted, and the budget's status is " + status;
                });
    }

    /** @param missing what is not so yet; empty once all is */
    private static void await(String what, Callable<String> missing) throws Exception {
        AtomicReference<String> last = new AtomicReference<>("never asked");
        try {
            TestCluster.await(what, () -> {
                try {
                    last.set(missing.call());
                } catch (Exception failed) {
                    throw new IllegalStateException("the cluster cannot be asked", failed);
                }
                return last.get().isEmpty();
            });
        } catch (AssertionError never) {
            throw new AssertionError(what + ": " + last.get(), never);
        }
    }

    /** As whatever keeps a cluster's secrets would. */
    private static void secrets(String namespace) throws Exception {
        Kubectl.ask(
                "create",
                "secret",
                "generic",
                "finance-database",
                "-n",
                namespace,
                "--from-literal=owner-password=for-a-test",
                "--from-literal=appender-password=for-a-test",
                "--from-literal=projector-password=for-a-test",
                "--from-literal=reader-password=for-a-test");
        Kubectl.ask("create", "secret", "generic", "finance-jwt", "-n", namespace, "--from-literal=secret=for-a-test");
    }

    private static Path overlay(Overlays overlays, String namespace, String phase) throws IOException {
        Path overlay = overlays.into(namespace, phase);
        Path file = overlay.resolve("kustomization.yaml");
        int tag = TestImage.NAME.lastIndexOf(':');
        String light = """
                images:
                  - {name: vextrus/finance, newName: %1$s, newTag: "%2$s"}
                patches:
                  - target: {kind: Deployment}
                    patch: |-
                      - {op: remove, path: /spec/template/spec/initContainers}
                      - {op: replace, path: /spec/template/spec/containers/0/ports/0/containerPort, value: 8080}
                      - {op: replace, path: /spec/template/spec/containers/0/resources/requests/cpu, value: 30m}
                """.formatted(TestImage.NAME.substring(0, tag), TestImage.NAME.substring(tag + 1));
        Files.writeString(file, Files.readString(file) + light);
        return overlay;
    }

    /** Ready endpoints of the Service, by colour. */
    private static Map<String, Integer> serving(String namespace) throws Exception {
        Map<String, String> colors = new TreeMap<>();
        Kubectl.json("get", "pods", "-n", namespace)
                .path("items")
                .forEach(pod -> colors.put(
                        pod.path("metadata").path("name").asString(),
                        pod.path("metadata").path("labels").path("color").asString("")));
        Map<String, Integer> serving = new TreeMap<>();
        for (JsonNode slice : Kubectl.json(
                        "get", "endpointslices", "-n", namespace, "-l", "kubernetes.io/service-name=finance")
                .path("items")) {
            for (JsonNode endpoint : slice.path("endpoints")) {
                if (endpoint.path("conditions").path("ready").asBoolean()) {
                    String pod = endpoint.path("targetRef").path("name").asString();
                    serving.merge(colors.getOrDefault(pod, "gone"), 1, Integer::sum);
                }
            }
        }
        return serving;
    }
}
