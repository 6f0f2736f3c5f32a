package dev.vextrus.rolloutkubernetes.cluster;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a Deployment back as it was ordered. Its specification is replaced whole: to apply the order again would leave what
 * somebody else added.
 */
final class ForeignEdits {
    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final Map<Color, String> inOrder = new EnumMap<>(Color.class);

    ForeignEdits(KubernetesClient cluster, ClusterWorkloadSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** A sentence of what was put back; empty where nothing was, or where the Deployment changes at this very moment. */
    Optional<String> putBack(Color color, Deployment stands, ReleaseSpec release) {
        if (Objects.equals(inOrder.get(color), version(stands))) {
            return Optional.empty();
        }
        Deployment order = ColorDeployment.of(settings, color, release, replicas(stands));
        order.getMetadata().getAnnotations().remove(Names.DRAINING);
        Deployment whole = new DeploymentBuilder(stands)
                .editMetadata()
                .addToLabels(order.getMetadata().getLabels())
                .addToAnnotations(order.getMetadata().getAnnotations())
                .endMetadata()
                .withSpec(order.getSpec())
                .build();
        Deployment now;
        try {
            now = cluster.resource(whole).update();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        inOrder.put(color, version(now));
        boolean changed =
                !now.getMetadata().getGeneration().equals(stands.getMetadata().getGeneration());
        return changed
                ? Optional.of("deployment " + stands.getMetadata().getName()
                        + " was changed by somebody else and stands again as it was ordered")
                : Optional.empty();
    }

    private static String version(Deployment deployment) {
        return deployment.getMetadata().getUid() + "/"
                + deployment.getMetadata().getResourceVersion();
    }

    /** As many as were ordered last; where that is not known, as many as there are. */
    static int replicas(Deployment stands) {
        Map<String, String> annotations = stands.getMetadata().getAnnotations();
        String ordered = annotations == null ? null : annotations.get(Names.REPLICAS);
        return ordered != null && ordered.matches("\\d{1,6}")
                ? Integer.parseInt(ordered)
                : stands.getSpec().getReplicas();
    }

    /** Whether somebody took the colour's pods away, which for a canary is an order of its own. */
    static boolean emptied(Deployment stands) {
        return stands.getSpec().getReplicas() == 0 && replicas(stands) > 0;
    }
}
