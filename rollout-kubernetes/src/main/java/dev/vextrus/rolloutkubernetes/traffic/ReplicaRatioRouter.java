package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.port.Target.Capabilities;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The workload's plain Service, whose selector asks for a label that as many pods of each colour carry as the weight
 * wants. No pod is stopped for a share's sake: those without the label stay warm, ready to take over in a rollback.
 *
 * <p>The share is one of new connections. A client that keeps one open stays where it is until somebody closes it, which
 * a rollback does by draining; so a shift up moves such clients late.
 */
public final class ReplicaRatioRouter implements TrafficRouter {
    private static final String TRUE = "true";

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final FrontService front;

    public ReplicaRatioRouter(KubernetesClient cluster, ClusterWorkloadSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
        this.front = new FrontService(cluster, settings);
    }

    @Override
    public void apply(Routing routing, Standing standing) {
        Map<String, String> selector = Map.of(Names.ROLLOUT, settings.name(), Names.SERVING, TRUE);
        Service service = front.standing(standing.template(routing.stable()), selector);
        if ("ClientIP".equals(service.getSpec().getSessionAffinity())) {
            throw new TargetUnavailable(
                    "service " + settings.service() + " keeps clients on a pod by their address (sessionAffinity:"
                            + " ClientIP), so shares of pods are no shares of requests; set it to None, or choose a router",
                    null);
        }
        Fence.write(cluster, front.resource(), routing, same -> same);
        label(routing, standing);
        front.select(selector);
        front.awaitEndpoints(serving(routing, standing));
    }

    @Override
    public @Nullable Routing follow(Standing standing) {
        Routing routing = Fence.read(front.get());
        if (routing != null) {
            label(routing, standing);
        }
        return routing;
    }

    /** New ones get the label before old ones lose it, so that the Service never has fewer than it will have. */
    private void label(Routing routing, Standing standing) {
        Set<String> wanted = serving(routing, standing);
        for (Pod pod : standing.pods()) {
            if (!labelled(pod) && wanted.contains(PodReading.name(pod))) {
                set(pod, "\"" + TRUE + "\"");
            }
        }
        for (Pod pod : standing.pods()) {
            if (labelled(pod) && !wanted.contains(PodReading.name(pod)) && PodReading.stays(pod)) {
                set(pod, "null");
            }
        }
    }

    /** Names of the pods that serve: those that do already stay, then the oldest; a pod that is not ready waits. */
    private static Set<String> serving(Routing routing, Standing standing) {
        Color canary = routing.canary();
        List<Pod> stablePods = preferred(standing.ready(routing.stable()));
        List<Pod> canaryPods = canary == null ? List.of() : preferred(standing.ready(canary));
        PodShares shares = PodShares.nearest(routing.weight(), stablePods.size(), canaryPods.size());
        Set<String> names = new HashSet<>();
        stablePods.stream().limit(shares.stable()).map(PodReading::name).forEach(names::add);
        canaryPods.stream().limit(shares.canary()).map(PodReading::name).forEach(names::add);
        return names;
    }

    private static List<Pod> preferred(List<Pod> ready) {
        List<Pod> pods = new ArrayList<>(ready);
        pods.sort(Comparator.comparing((Pod pod) -> !labelled(pod))); // stable: within both groups the oldest first
        return pods;
    }

    private static boolean labelled(Pod pod) {
        return TRUE.equals(pod.getMetadata().getLabels().get(Names.SERVING));
    }

    private void set(Pod pod, String value) {
        try {
            cluster.pods()
                    .inNamespace(settings.namespace())
                    .withName(PodReading.name(pod))
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"labels\":{\"" + Names.SERVING + "\":" + value + "}}}");
            Map<String, String> labels = new HashMap<>(pod.getMetadata().getLabels());
            if (value.equals("null")) {
                labels.remove(Names.SERVING);
            } else {
                labels.put(Names.SERVING, TRUE);
            }
            pod.getMetadata().setLabels(labels);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != 404) { // a pod that went meanwhile serves nobody
                throw new TargetUnavailable("pod " + PodReading.name(pod) + " was not labelled", refused);
            }
        }
    }

    @Override
    public Map<Color, Integer> inFlight() {
        return Map.of();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(false, false);
    }
}
