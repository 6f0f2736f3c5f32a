package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Set;

/** Gives the Service that clients call back to pods that serve without any rollout. */
public final class ServiceHandover {
    private final ClusterWorkloadSettings settings;
    private final FrontService front;

    public ServiceHandover(KubernetesClient cluster, ClusterWorkloadSettings settings) {
        this.settings = settings;
        this.front = new FrontService(cluster, settings);
    }

    /**
     * Returns when the Service sends requests to {@code pods}, and knows of no routing any more; may be called again.
     *
     * @param otherwise what the Service selects where it came with the rollout
     * @throws IllegalArgumentException where a Gateway's route stands between the clients and the pods
     * @throws dev.vextrus.rollout.port.TargetUnavailable where the Service does not come to send requests to them
     */
    public void giveBack(Map<String, String> otherwise, Set<String> pods) {
        if (settings.router() instanceof RouterChoice.Gateway gateway) {
            throw new IllegalArgumentException(
                    "vextrus.dev/give-back: the HTTPRoute " + gateway.route()
                            + " sends requests to the colours; let it name your own Service first, and remove spec.traffic.gateway");
        }
        front.giveBack(otherwise);
        front.awaitAmongEndpoints(pods);
    }
}
