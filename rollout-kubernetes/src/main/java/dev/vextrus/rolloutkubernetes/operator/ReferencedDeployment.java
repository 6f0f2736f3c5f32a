package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Deployment that {@code spec.workloadRef} names, as it stands. Its template is a person's, and never written. */
record ReferencedDeployment(KubernetesClient client, PhasedRollout resource, Deployment stands) {

    /** Empty where none is named, or it is not there. */
    static Optional<ReferencedDeployment> of(KubernetesClient client, PhasedRollout resource) {
        return Optional.ofNullable(resource.getSpec().workloadRef())
                .flatMap(ref -> Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace(resource.getMetadata().getNamespace())
                        .withName(ref.name())
                        .get()))
                .map(found -> new ReferencedDeployment(client, resource, found));
    }

    String title() {
        return "deployment/" + stands.getMetadata().getName();
    }

    int replicas() {
        Integer replicas = stands.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    Map<String, String> selector() {
        Map<String, String> labels = stands.getSpec().getSelector().getMatchLabels();
        return labels == null ? Map.of() : labels;
    }

    /** Whether it has {@code wanted} pods of its present template that take requests. */
    boolean ready(int wanted) {
        return stands.getStatus() != null
                && stands.getStatus().getObservedGeneration() != null
                && stands.getStatus().getObservedGeneration()
                        >= stands.getMetadata().getGeneration()
                && count(stands.getStatus().getReadyReplicas()) >= wanted
                && count(stands.getStatus().getUpdatedReplicas()) >= wanted;
    }

    private static int count(@Nullable Integer replicas) {
        return replicas == null ? 0 : replicas;
    }

    /** Its own ready pods: those of the colours may carry the same labels. */
    List<Pod> pods() {
        return client
                .pods()
                .inNamespace(stands.getMetadata().getNamespace())
                .withLabelSelector(stands.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(pod -> !pod.getMetadata().getLabels().containsKey(Names.ROLLOUT))
                .filter(pod -> PodReading.stays(pod) && PodReading.ready(pod))
                .toList();
    }

    /** Names of the Services that select its pods, but for {@code front}. */
    List<String> servicesBeside(String front) {
        return services().stream()
                .filter(service -> selects(service, labels(stands)))
                .map(service -> service.getMetadata().getName())
                .filter(name -> !name.equals(front))
                .toList();
    }

    private List<Service> services() {
        return client.services()
                .inNamespace(stands.getMetadata().getNamespace())
                .list()
                .getItems();
    }

    /** A Service that selects its pods and none of {@code stable}: without them it would send requests to nobody. */
    Optional<String> serviceWithout(Color stable) {
        Deployment beside = client.apps()
                .deployments()
                .inNamespace(stands.getMetadata().getNamespace())
                .withName(Names.of(resource.getMetadata().getName(), stable))
                .get();
        Map<String, String> theirs = beside == null ? Map.of() : labels(beside);
        return services().stream()
                .filter(service -> selects(service, labels(stands)) && !selects(service, theirs))
                .map(service -> service.getMetadata().getName())
                .findFirst();
    }

    private static Map<String, String> labels(Deployment deployment) {
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    static boolean selects(Service service, Map<String, String> labels) {
        Map<String, String> selector = service.getSpec().getSelector();
        return selector != null && !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    /** To no pods; how many it had stays noted on it. */
    void rest() {
        scale(0, Map.of(Names.ADOPTED_REPLICAS, Integer.toString(replicas())));
    }

    void wake(int replicas) {
        scale(replicas, Map.of());
    }

    private void scale(int replicas, Map<String, String> annotations) {
        client.apps()
                .deployments()
                .inNamespace(stands.getMetadata().getNamespace())
                .withName(stands.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        RolloutJson.mapper()
                                .writeValueAsString(Map.of(
                                        "metadata",
                                        Map.of(
                                                "annotations",
                                                annotations,
                                                "labels",
                                                Map.of(
                                                        Names.ROLLOUT,
                                                        resource.getMetadata().getName())),
                                        "spec",
                                        Map.of("replicas", replicas))));
    }
}
