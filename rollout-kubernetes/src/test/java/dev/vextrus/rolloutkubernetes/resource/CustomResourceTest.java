package dev.vextrus.rolloutkubernetes.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.planfile.PlanReader;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.type.TypeReference;

/** Keeps three descriptions of one thing in step: the definition, the classes that read it, the local plan's schema. */
class CustomResourceTest {
    /** Of a local plan, what a cluster says otherwise. */
    private static final Set<String> LOCAL_ONLY = Set.of("target", "stable", "canary", "stableReplicas");

    private final Map<String, Object> schema = definition();

    @Test
    void a_plan_says_the_same_on_a_machine_and_in_a_cluster() throws IOException {
        Map<String, Object> local = local();
        Map<String, Object> spec = at(local, "properties", "spec", "properties");
        spec.keySet().removeAll(LOCAL_ONLY);

        same("spec", spec, at(schema, "properties", "spec", "properties"), local);
    }

    @Test
    void every_field_beyond_the_plan_is_read_and_every_field_read_is_defined() throws IOException {
        Set<String> defined =
                new TreeSet<>(at(schema, "properties", "spec", "properties").keySet());
        defined.removeAll(at(local(), "properties", "spec", "properties").keySet());
        assertThat(defined).isEqualTo(components(PhasedRolloutSpec.class, "plan"));

        assertReads(PhasedRolloutSpec.WorkloadRef.class, "spec", "workloadRef");
        assertReads(PhasedRolloutSpec.Traffic.class, "spec", "traffic");
        assertReads(PhasedRolloutSpec.Gateway.class, "spec", "traffic", "gateway");
        assertReads(PhasedRolloutSpec.Proxy.class, "spec", "traffic", "proxy");
        assertReads(PhasedRolloutSpec.MetricsSource.class, "spec", "metrics");
        assertReads(PhasedRolloutSpec.Pods.class, "spec", "metrics", "pods");
        assertReads(PhasedRolloutSpec.Prometheus.class, "spec", "metrics", "prometheus");
        assertReads(PhasedRolloutStatus.class, "status");
        assertReads(PhasedRolloutStatus.Release.class, "status", "stable");
        assertReads(PhasedRolloutStatus.JournalMark.class, "status", "journal");
    }

    @Test
    void a_resource_is_read_and_written_without_loss() {
        String yaml = """
                apiVersion: vextrus.dev/v1alpha1
                kind: PhasedRollout
                metadata: {name: till, namespace: shop}
                spec:
                  replicas: 10
                  template:
                    metadata: {labels: {app: till}}
                    spec:
                      containers: [{name: till, image: "till:2", fieldOfTomorrow: {a: 1}}]
                  managementPort: management
                  traffic: {service: till, replicaRatio: {}}
                  phases: [{traffic: 10, bake: 48h, gates: {maxErrorRate: 0.5%, approval: true}}, {traffic: 100, bake: 1h}]
                  rollback: {maxP95Ratio: 1.5}
                """;
        KubernetesSerialization serialization = new KubernetesSerialization();

        PhasedRollout read = serialization.unmarshal(yaml, PhasedRollout.class);

        assertThat(read.getSpec().plan()).containsOnlyKeys("phases", "rollback");
        assertThat(read.getSpec().wantedTraffic().replicaRatio()).isNotNull();
        Map<String, Object> written =
                RolloutJson.mapper().readValue(serialization.asJson(read), new TypeReference<Map<String, Object>>() {});
        assertThat(written.get("spec")).isEqualTo(load(yaml).get("spec"));
    }

    @Test
    void a_definition_for_the_api_server_is_structural() {
        assertThat(schema.get("type")).isEqualTo("object");
        structural("", schema);
    }

    /** Every part has a type, and what is not described is not let in, but for a pod's inside. */
    private static void structural(String path, Map<String, Object> part) {
        assertThat(part.get("type")).as(path).isNotNull();
        assertThat(part.keySet()).as(path).doesNotContain("additionalProperties", "$ref", "oneOf", "anyOf");
        if (part.containsKey("x-kubernetes-preserve-unknown-fields")) {
            assertThat(path).startsWith("/spec/template/");
        }
        if (part.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, inner) -> structural(path + "/" + name, map(inner)));
        }
        if (part.get("items") instanceof Map<?, ?> items) {
            structural(path + "/[]", map(items));
        }
    }

    private void assertReads(Class<? extends Record> type, String... path) {
        Map<String, Object> part = schema;
        for (String name : path) {
            part = at(part, "properties", name);
        }
        assertThat(at(part, "properties").keySet()).as(type.getSimpleName()).isEqualTo(components(type));
    }

    private static Set<String> components(Class<? extends Record> type, String... without) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(component.getName());
        }
        Arrays.asList(without).forEach(names::remove);
        return names;
    }

    private static void same(
            String path, Map<String, Object> ours, Map<String, Object> theirs, Map<String, Object> root) {
        ours.forEach((name, value) -> {
            Map<String, Object> local = resolved(map(value), root);
            String at = path + "." + name;
            assertThat(theirs).as(at).containsKey(name);
            Map<String, Object> cluster = map(theirs.get(name));
            String type = Objects.toString(local.get("type"), "string");
            assertThat(cluster.get("type")).as(at).isEqualTo(type);
            for (String word : List.of("enum", "pattern", "minimum", "maximum", "required", "minItems")) {
                assertThat(cluster.get(word)).as(at + " " + word).isEqualTo(local.get(word));
            }
            if (local.containsKey("properties")) {
                same(at, at(local, "properties"), at(cluster, "properties"), root);
                assertThat(at(cluster, "properties").keySet())
                        .isEqualTo(at(local, "properties").keySet());
            }
            if (local.containsKey("items")) {
                same(at, Map.of("items", local.get("items")), Map.of("items", cluster.get("items")), root);
            }
        });
    }

    private static Map<String, Object> resolved(Map<String, Object> part, Map<String, Object> root) {
        return part.get("$ref") instanceof String ref
                ? at(root, "$defs", ref.substring(ref.lastIndexOf('/') + 1))
                : part;
    }

    private static Map<String, Object> definition() {
        try {
            Map<String, Object> crd = load(Files.readString(Path.of("../deploy/operator/crd.yaml")));
            List<?> versions = (List<?>) Objects.requireNonNull(at(crd, "spec").get("versions"));
            return at(map(versions.getFirst()), "schema", "openAPIV3Schema");
        } catch (IOException e) {
            throw new AssertionError("the definition cannot be read", e);
        }
    }

    private static Map<String, Object> local() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(PlanReader.class.getResourceAsStream("phased-rollout.schema.json"))) {
            return RolloutJson.mapper().readValue(stream, new TypeReference<Map<String, Object>>() {});
        }
    }

    private static Map<String, Object> load(String yaml) {
        return map(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private static Map<String, Object> at(Map<String, Object> from, String... path) {
        Map<String, Object> part = from;
        for (String name : path) {
            part = map(part.get(name));
        }
        return part;
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(value)).forEach((key, item) -> map.put(String.valueOf(key), item));
        return map;
    }
}
