package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.port.StaleEpoch;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The routing as an object of the cluster keeps it. Each write carries the resource version that was read and refuses to
 * go below the epoch that stands: leader election alone does not stop a leader that slept.
 */
final class Fence {
    private static final int ATTEMPTS = 5;

    private Fence() {}

    /** @throws TargetUnavailable where the annotation is there and does not read */
    static @Nullable Routing read(@Nullable HasMetadata object) {
        if (object == null || object.getMetadata().getAnnotations() == null) {
            return null;
        }
        String json = object.getMetadata().getAnnotations().get(Names.ROUTING);
        if (json == null) {
            return null;
        }
        try {
            return RolloutJson.mapper().readValue(json, Routing.class);
        } catch (JacksonException | IllegalArgumentException edited) {
            throw new TargetUnavailable(
                    "annotation " + Names.ROUTING + " of " + object.getKind() + " "
                            + object.getMetadata().getName() + " does not read; restore it, or remove it to start anew",
                    edited);
        }
    }

    static void put(Routing routing, HasMetadata object) {
        Map<String, String> annotations = new HashMap<>();
        if (object.getMetadata().getAnnotations() != null) {
            annotations.putAll(object.getMetadata().getAnnotations());
        }
        annotations.put(Names.ROUTING, RolloutJson.mapper().writeValueAsString(routing));
        object.getMetadata().setAnnotations(annotations);
    }

    /**
     * Writes {@code routing} and what {@code change} makes of the object, in one go.
     *
     * @throws StaleEpoch if a higher epoch stands
     * @throws TargetUnavailable if the object is missing, or others kept writing it meanwhile
     */
    static <T extends HasMetadata> T write(
            KubernetesClient cluster, Resource<T> resource, Routing routing, UnaryOperator<T> change) {
        for (int attempt = 1; ; attempt++) {
            T object = resource.get();
            if (object == null) {
                throw new TargetUnavailable("the object that keeps the routing is gone", null);
            }
            Routing stands = read(object);
            if (stands != null && stands.epoch() > routing.epoch()) {
                throw new StaleEpoch(routing.epoch(), stands.epoch());
            }
            String version = object.getMetadata().getResourceVersion();
            T next = change.apply(object);
            put(routing, next);
            next.getMetadata().setResourceVersion(version);
            try {
                return cluster.resource(next).lockResourceVersion(version).update();
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw new TargetUnavailable("the routing was not written: " + refused.getMessage(), refused);
                }
            }
        }
    }
}
