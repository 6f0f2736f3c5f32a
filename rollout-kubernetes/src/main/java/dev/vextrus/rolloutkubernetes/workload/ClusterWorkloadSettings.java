package dev.vextrus.rolloutkubernetes.workload;

/**
 * What the operator fills from a {@code PhasedRollout}: where a workload lives and how its traffic is led and counted.
 *
 * @param namespace of everything that belongs to the workload
 * @param name of the {@code PhasedRollout}; the Deployments are {@code NAME-blue} and {@code NAME-green}. At most 50
 *     characters, so that every name made of it stays a valid one
 * @param service name of the Service that clients use; made where it is missing
 * @param servicePort port of that Service, 1 to 65535
 */
public record ClusterWorkloadSettings(
        String namespace, String name, String service, int servicePort, RouterChoice router, MetricsChoice metrics) {
    private static final int MAX_NAME = 50;

    public ClusterWorkloadSettings {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "name: '" + name + "' is not 1 to " + MAX_NAME + " characters long; choose a shorter one");
        }
        if (servicePort < 1 || servicePort > 65_535) {
            throw new IllegalArgumentException("servicePort: " + servicePort + " is not in 1 to 65535");
        }
        if (metrics instanceof MetricsChoice.FromProxy && !(router instanceof RouterChoice.Proxy)) {
            throw new IllegalArgumentException(
                    "metrics: the proxy's counts need the proxy as router; choose pods or prometheus");
        }
    }
}
