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
import java.util.TreeMap;
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
            JsonNode budget = awaited("pdb/finance", namespace, "{.status.expectedPods}=5");
            assertThat(budget.path("status").path("desiredHealthy").asInt())
                    .as("70 % of both colours' pods")
                    .isEqualTo(4);
            JsonNode scaler = awaited(
                    "hpa/finance-green", namespace, "{.status.conditions[?(@.type==\"AbleToScale\")].status}=True");
            assertThat(scaler.path("status").path("currentReplicas").asInt()).isEqualTo(1);

            apply(overlays, namespace, SMALL + 2, Map.of("blue", 2, "green", 3));
            apply(overlays, namespace, SMALL + 3, Map.of("blue", 1, "green", 4));
            apply(overlays, namespace, SMALL + 4, Map.of("green", 5));
            awaited("pdb/finance", namespace, "{.status.expectedPods}=5");
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
            awaited("pdb/finance", namespace, "{.status.expectedPods}=10");
        }
    }

    /** As people do it, and until it serves. */
    private static void apply(Overlays overlays, String namespace, String phase, Map<String, Integer> pods)
            throws Exception {
        Kubectl.ask("apply", "-k", overlay(overlays, namespace, phase).toString());
        for (String color : List.of("blue", "green")) {
            Kubectl.ask("rollout", "status", "deployment/finance-" + color, "-n", namespace, "--timeout=240s");
        }
        TestCluster.await(phase + ": " + pods + " serve", () -> enough(serving(namespace), pods));
    }

    /** The overlay's autoscalers may want more of a colour on a busy machine, but not another colour. */
    private static boolean enough(Map<String, Integer> serving, Map<String, Integer> wanted) {
        return serving.keySet().equals(wanted.keySet())
                && wanted.entrySet().stream()
                        .allMatch(color -> serving.getOrDefault(color.getKey(), 0) >= color.getValue());
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

    private static JsonNode awaited(String what, String namespace, String path) throws Exception {
        Kubectl.ask("wait", what, "-n", namespace, "--for=jsonpath=" + path, "--timeout=170s");
        return Kubectl.json("get", what, "-n", namespace);
    }

    /** Ready endpoints of the Service, by colour. */
    private static Map<String, Integer> serving(String namespace) {
        try {
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
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException("what serves cannot be asked", failed);
        }
    }
}
