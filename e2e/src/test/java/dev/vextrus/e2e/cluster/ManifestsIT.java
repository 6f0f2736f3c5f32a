package dev.vextrus.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.FrontDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every overlay under deploy/kustomize. */
@BesideOthers
class ManifestsIT {
    private static final String NAMESPACE = "image-manifests-it";

    @TempDir
    private Path folder;

    private Overlays overlays;

    @BeforeEach
    void copy() throws IOException {
        Kubectl.requireProgram();
        overlays = Overlays.copy(FrontDoor.repository(), folder);
    }

    @Test
    void there_are_staging_and_four_phases_of_each_preset() throws IOException {
        assertThat(overlays.names()).hasSize(9).contains("staging", "production/20-50-80-100/phase-4");
    }

    @Test
    void every_phase_has_the_replicas_of_its_preset() throws Exception {
        assertThat(replicas("10-30-60-100")).containsExactly("9+1", "7+3", "4+6", "0+10");
        assertThat(replicas("20-50-80-100")).containsExactly("4+1", "2+3", "1+4", "0+5");
    }

    private List<String> replicas(String preset) throws Exception {
        return Stream.of(1, 2, 3, 4)
                .map(phase -> rendered("production/" + preset + "/phase-" + phase))
                .map(objects -> replicas(objects, "finance-blue") + "+" + replicas(objects, "finance-green"))
                .toList();
    }

    private static int replicas(List<JsonNode> objects, String name) {
        return objects.stream()
                .filter(object ->
                        object.path("metadata").path("name").asString("").equals(name))
                .filter(object -> object.path("kind").asString("").equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .path("spec")
                .path("replicas")
                .asInt();
    }

    @Test
    void no_overlay_carries_a_secret_and_every_container_is_confined() throws Exception {
        for (String name : overlays.names()) {
            for (JsonNode object : rendered(name)) {
                assertThat(object.path("kind").asString()).as(name).isNotEqualTo("Secret");
                JsonNode pod = object.path("spec").path("template").path("spec");
                if (pod.isObject()) {
                    confined(name + ": " + object.path("metadata").path("name").asString(), pod);
                }
            }
        }
    }

    private static void confined(String what, JsonNode pod) {
        assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean())
                .as(what)
                .isTrue();
        assertThat(pod.path("securityContext").path("runAsUser").asInt())
                .as(what)
                .isEqualTo(1000);
        assertThat(pod.path("securityContext")
                        .path("seccompProfile")
                        .path("type")
                        .asString())
                .as(what)
                .isEqualTo("RuntimeDefault");
        for (String kind : List.of("initContainers", "containers")) {
            for (JsonNode container : pod.path(kind)) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                        .as(what)
                        .isTrue();
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(what)
                        .isFalse();
                assertThat(security.path("capabilities").path("drop").path(0).asString())
                        .as(what)
                        .isEqualTo("ALL");
                assertThat(container.path("resources").path("limits").has("memory"))
                        .as(what)
                        .isTrue();
            }
        }
    }

    /** Its type is not in every cluster, so no API server is asked of it. */
    @Test
    void the_pod_monitor_scrapes_every_15_seconds_a_port_that_finances_pods_have() throws Exception {
        Path overlay = overlays.into(NAMESPACE, "staging");
        Path file = overlay.resolve("kustomization.yaml");
        Files.writeString(file, Files.readString(file) + "components: [../../components/pod-monitor]\n");
        List<JsonNode> objects = Overlays.render(overlay);

        JsonNode monitor = ofKind(objects, "PodMonitor").path("spec");
        JsonNode pods = ofKind(objects, "Deployment").path("spec").path("template");
        JsonNode scrape = monitor.path("podMetricsEndpoints").path(0);
        assertThat(scrape.path("interval").asString()).isEqualTo("15s");
        assertThat(pods.path("spec").path("containers").path(0).path("ports").valueStream())
                .anyMatch(port -> port.path("name").equals(scrape.path("port")));
        assertThat(pods.path("metadata").path("labels").properties())
                .isNotEmpty()
                .containsAll(monitor.path("selector").path("matchLabels").properties());
    }

    private static JsonNode ofKind(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asString("").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** The tag in an overlay is what {@code vextrus image} gives by default, and the label tells the same version. */
    @Test
    void the_version_in_the_label_is_that_of_the_image() throws Exception {
        String version = FrontDoor.from(folder).run("--version").out().strip().replace("vextrus ", "");
        for (String name : overlays.names()) {
            for (JsonNode object : rendered(name)) {
                JsonNode template = object.path("spec").path("template");
                String label =
                        template.path("metadata").path("labels").path("version").asString("");
                if (!label.isEmpty()) {
                    assertThat(label).as(name).isEqualTo(version);
                    assertThat(template.path("spec")
                                    .path("containers")
                                    .path(0)
                                    .path("image")
                                    .asString())
                            .as(name)
                            .isEqualTo("vextrus/finance:" + version);
                }
            }
        }
    }

    @Test
    void the_cluster_would_take_every_object_of_every_overlay_under_its_strictest_pod_security() throws Exception {
        Kubectl.requireCluster();
        Path namespace = Files.writeString(folder.resolve("namespace.yaml"), """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                  labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/warn: restricted}
                """.formatted(NAMESPACE));
        Kubectl.ask("apply", "-f", namespace.toString());
        try {
            for (String name : overlays.names()) {
                Path objects = Files.writeString(folder.resolve("objects.json"), list(rendered(name)));
                Kubectl.Ended ended =
                        Kubectl.run("apply", "--dry-run=server", "--validate=strict", "-f", objects.toString());
                assertThat(ended.exitCode()).as(name + ": " + ended.err()).isZero();
                assertThat(ended.err()).as(name).doesNotContain("Warning");
            }
        } finally {
            Kubectl.run("delete", "namespace", NAMESPACE, "--wait=false");
        }
    }

    private List<JsonNode> rendered(String name) {
        try {
            return Overlays.render(overlays.into(NAMESPACE, name));
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(name, failed);
        }
    }

    private static String list(List<JsonNode> objects) {
        var list = JsonMapper.shared().createObjectNode();
        list.put("apiVersion", "v1").put("kind", "List");
        list.putArray("items")
                .addAll(objects.stream()
                        .filter(object -> !object.path("kind").asString().equals("Namespace"))
                        .toList());
        return JsonMapper.shared().writeValueAsString(list);
    }
}
