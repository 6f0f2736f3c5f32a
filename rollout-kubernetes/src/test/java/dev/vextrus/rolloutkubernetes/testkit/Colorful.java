package dev.vextrus.rolloutkubernetes.testkit;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Releases of the light workload. */
public final class Colorful {
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Colorful() {}

    /** @param environment how it misbehaves, in the words of its source */
    public static ReleaseSpec release(String version, Map<String, String> environment) {
        return release(version, TestImage.NAME, environment);
    }

    public static ReleaseSpec release(String version, String image, Map<String, String> environment) {
        String template = CANONICAL.writeValueAsString(template(version, image, environment));
        return new ReleaseSpec(
                "colorful",
                version,
                new RunSpec.PodTemplate(template, "app", "http", "management"),
                300,
                Duration.ofMinutes(2));
    }

    private static Map<String, Object> template(String version, String image, Map<String, String> environment) {
        List<Map<String, Object>> variables = new java.util.ArrayList<>();
        variables.add(Map.of(
                "name",
                "COLOR",
                "valueFrom",
                Map.of("fieldRef", Map.of("fieldPath", "metadata.labels['vextrus.dev/color']"))));
        variables.add(Map.of("name", "VERSION", "value", version));
        new TreeMap<>(environment).forEach((name, value) -> variables.add(Map.of("name", name, "value", value)));
        Map<String, Object> container = Map.of(
                "name",
                "app",
                "image",
                image,
                "imagePullPolicy",
                "IfNotPresent",
                "env",
                variables,
                "ports",
                List.of(
                        Map.of("name", "http", "containerPort", 8080),
                        Map.of("name", "management", "containerPort", 9090)),
                "readinessProbe",
                Map.of("httpGet", Map.of("path", "/health/ready", "port", "management"), "periodSeconds", 1),
                "resources",
                Map.of("requests", Map.of("cpu", "5m", "memory", "16Mi")),
                "securityContext",
                Map.of(
                        "allowPrivilegeEscalation", false,
                        "readOnlyRootFilesystem", true,
                        "capabilities", Map.of("drop", List.of("ALL"))));
        return Map.of(
                "spec",
                Map.of(
                        "containers", List.of(container),
                        "terminationGracePeriodSeconds", 20,
                        "securityContext",
                                Map.of(
                                        "runAsNonRoot",
                                        true,
                                        "runAsUser",
                                        1000,
                                        "seccompProfile",
                                        Map.of("type", "RuntimeDefault"))));
    }
}
