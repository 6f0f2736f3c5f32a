package dev.vextrus.rolloutkubernetes.workload;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * One look at a workload: its Deployments and pods as the API server has them.
 *
 * @param deployments by colour; one that is being deleted is left out
 * @param pods of both colours, oldest first, also those that are ending
 */
public record Standing(Map<Color, Deployment> deployments, List<Pod> pods) {
    public Standing {
        deployments = Map.copyOf(deployments);
        pods = List.copyOf(pods);
    }

    /** @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not answer */
    public static Standing look(KubernetesClient client, ClusterWorkloadSettings settings) {
        Map<Color, Deployment> deployments = new EnumMap<>(Color.class);
        client
                .apps()
                .deployments()
                .inNamespace(settings.namespace())
                .withLabel(Names.ROLLOUT, settings.name())
                .withLabelIn(Names.COLOR, Color.BLUE.label(), Color.GREEN.label())
                .list()
                .getItems()
                .stream()
                .filter(deployment -> deployment.getMetadata().getDeletionTimestamp() == null)
                .forEach(deployment ->
                        deployments.put(color(deployment.getMetadata().getLabels()), deployment));
        List<Pod> pods = client
                .pods()
                .inNamespace(settings.namespace())
                .withLabel(Names.ROLLOUT, settings.name())
                .withLabelIn(Names.COLOR, Color.BLUE.label(), Color.GREEN.label())
                .list()
                .getItems()
                .stream()
                .sorted(PodReading.OLDEST_FIRST)
                .toList();
        return new Standing(deployments, pods);
    }

    private static Color color(Map<String, String> labels) {
        return Color.ofLabel(labels.getOrDefault(Names.COLOR, ""));
    }

    public static Color color(Pod pod) {
        return color(pod.getMetadata().getLabels());
    }

    /** Pods of a colour that run or will run, oldest first; without those that end or were evicted. */
    public List<Pod> running(Color color) {
        return pods.stream()
                .filter(pod -> color(pod) == color && PodReading.stays(pod))
                .toList();
    }

    /** Of {@link #running} those that take requests. */
    public List<Pod> ready(Color color) {
        return running(color).stream().filter(PodReading::ready).toList();
    }

    /** What was ordered for a colour; empty where it has no Deployment, or one that somebody else made. */
    public Optional<ReleaseSpec> ordered(Color color) {
        Deployment deployment = deployments.get(color);
        return deployment == null ? Optional.empty() : ordered(deployment);
    }

    private static Optional<ReleaseSpec> ordered(Deployment deployment) {
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        String json = annotations == null ? null : annotations.get(Names.ORDERED);
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RolloutJson.mapper().readValue(json, ReleaseSpec.class));
        } catch (JacksonException edited) {
            return Optional.empty();
        }
    }

    /** The pod template that was ordered for a colour. */
    public Optional<RunSpec.PodTemplate> template(Color color) {
        return ordered(color).map(ReleaseSpec::run).flatMap(run -> switch (run) {
            case RunSpec.PodTemplate template -> Optional.of(template);
            case RunSpec.Program _ -> Optional.<RunSpec.PodTemplate>empty();
        });
    }
}
