package dev.vextrus.rolloutkubernetes.cluster;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Saves what explains how a colour did in immutable ConfigMaps, before its pods are gone. */
final class ClusterEvidence {
    /** Of all text in one ConfigMap; the API server takes 1 MiB, and a dozen of them must be no burden. */
    static final int MAX_BYTES = 256 * 1_024;

    private static final int LOG_LINES = 400;
    private static final int LOG_BYTES = 48 * 1_024;
    private static final int PODS = 10;

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final InstantSource clock;
    private final Function<Color, String> figures;

    /** @param figures what was counted of a colour's traffic, as text */
    ClusterEvidence(
            KubernetesClient cluster,
            ClusterWorkloadSettings settings,
            InstantSource clock,
            Function<Color, String> figures) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        this.figures = figures;
    }

    /**
     * @return names of the ConfigMaps, each with its namespace
     * @throws TargetUnavailable if nothing could be saved
     */
    List<String> collect(Color color, Standing standing) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<Pod> pods = standing.pods().stream()
                .filter(pod -> Standing.color(pod) == color)
                .sorted(Comparator.comparing((Pod pod) -> PodReading.exits(pod) == 0 && PodReading.ready(pod)))
                .limit(PODS)
                .toList();
        if (pods.isEmpty() && !standing.deployments().containsKey(color)) {
            return List.of();
        }
        texts.put("figures.json", figures.apply(color));
        texts.put("events.txt", events(color));
        for (Pod pod : pods) {
            // The template's environment may hold secrets: of a pod only what was seen of it is kept.
            texts.put(PodReading.name(pod) + ".status.yaml", Serialization.asYaml(pod.getStatus()));
            for (Container container : pod.getSpec().getContainers()) {
                String name = PodReading.name(pod) + "." + container.getName();
                texts.put(name + ".log", log(pod, container.getName(), false));
                texts.put(name + ".previous.log", log(pod, container.getName(), true));
            }
        }
        texts.values().removeIf(String::isBlank);
        return save(color, texts);
    }

    private String log(Pod pod, String container, boolean previous) {
        try {
            var log = cluster.pods()
                    .inNamespace(settings.namespace())
                    .withName(PodReading.name(pod))
                    .inContainer(container);
            return tail(
                    previous
                            ? log.terminated().tailingLines(LOG_LINES).getLog()
                            : log.tailingLines(LOG_LINES).getLog());
        } catch (KubernetesClientException none) {
            return ""; // a container that never ran, or never ended, has no log
        }
    }

    private static String tail(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LOG_BYTES
                ? text
                : new String(bytes, bytes.length - LOG_BYTES, LOG_BYTES, StandardCharsets.UTF_8);
    }

    private String events(Color color) {
        String prefix = Names.of(settings.name(), color);
        try {
            return tail(cluster.v1().events().inNamespace(settings.namespace()).list().getItems().stream()
                    .filter(event -> event.getInvolvedObject().getName() != null
                            && event.getInvolvedObject().getName().startsWith(prefix))
                    .map(ClusterEvidence::line)
                    .sorted()
                    .collect(Collectors.joining("\n")));
        } catch (KubernetesClientException refused) {
            return "(events cannot be read: " + refused.getMessage() + ")";
        }
    }

    private static String line(Event event) {
        String when = event.getLastTimestamp() == null
                ? event.getMetadata().getCreationTimestamp()
                : event.getLastTimestamp();
        return when + " " + event.getType() + " " + event.getReason() + " "
                + event.getInvolvedObject().getName() + ": " + event.getMessage();
    }

    private List<String> save(Color color, Map<String, String> texts) {
        String when = clock.instant().toString().replaceAll("\\.\\d+", "").replaceAll("[^0-9]", "");
        String name = Names.of(settings.name(), color) + "-evidence-" + when;
        List<String> saved = new ArrayList<>();
        for (Map<String, String> part : parts(texts)) {
            ConfigMap map = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(settings.namespace())
                    .withName(name + "-" + (saved.size() + 1))
                    .addToLabels(Names.ROLLOUT, settings.name())
                    .addToLabels(Names.COLOR, color.label())
                    .addToLabels(Names.PART, "evidence")
                    .endMetadata()
                    .withImmutable(true)
                    .withData(part)
                    .build();
            try {
                cluster.resource(map).create();
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != 409) { // saved already, in this very second
                    throw new TargetUnavailable("evidence: " + refused.getMessage(), refused);
                }
            }
            saved.add("configmap " + settings.namespace() + "/"
                    + map.getMetadata().getName());
        }
        return saved;
    }

    /** Whole texts, as many to a part as fit. */
    static List<Map<String, String>> parts(Map<String, String> texts) {
        List<Map<String, String>> parts = new ArrayList<>();
        Map<String, String> part = new LinkedHashMap<>();
        int size = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            int bytes = text.getKey().length() + text.getValue().getBytes(StandardCharsets.UTF_8).length;
            if (size + bytes > MAX_BYTES && !part.isEmpty()) {
                parts.add(part);
                part = new LinkedHashMap<>();
                size = 0;
            }
            part.put(text.getKey(), text.getValue());
            size += bytes;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}
