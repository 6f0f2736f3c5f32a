package dev.vextrus.rolloutkubernetes.workload;

import java.util.List;

/** Who divides the traffic between the colours. */
public sealed interface RouterChoice {

    /** The workload's plain Service: shares are whole pods, connections that are open stay where they are. */
    record ReplicaRatio() implements RouterChoice {}

    /**
     * Weights of a Gateway API {@code HTTPRoute} over the two colours' Services.
     *
     * @param route name of the HTTPRoute in the workload's namespace; made where it is missing
     * @param gateway name of the Gateway that a missing route is attached to
     * @param gatewayNamespace namespace of that Gateway
     * @param hostnames that a missing route answers to; empty for all
     */
    record Gateway(String route, String gateway, String gatewayNamespace, List<String> hostnames)
            implements RouterChoice {
        public Gateway {
            hostnames = List.copyOf(hostnames);
        }
    }

    /**
     * Our own proxy as a Deployment {@code NAME-proxy} behind the workload's Service; carries tenant cohorts.
     *
     * @param image of the proxy
     * @param replicas at least 1; 2 or more survive the loss of one
     */
    record Proxy(String image, int replicas) implements RouterChoice {
        public Proxy {
            if (replicas < 1) {
                throw new IllegalArgumentException("replicas: the proxy needs at least 1, not " + replicas);
            }
        }
    }
}
