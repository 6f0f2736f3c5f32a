package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.Map;

/**
 * Who may reach a workload's proxy: everybody on the port that serves; on the control port, which moves traffic, only the
 * operator and, for the counters, Prometheus, of whatever namespace. The control token is asked for all the same: not
 * every cluster enforces policies.
 */
final class ProxyNetworkPolicy {
    private static final String NAME = "app.kubernetes.io/name";

    private ProxyNetworkPolicy() {}

    static NetworkPolicy of(ClusterWorkloadSettings settings) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(settings.namespace())
                .withName(Names.proxy(settings.name()))
                .withLabels(ProxyDeployment.selector(settings))
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(ProxyDeployment.selector(settings))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString(ProxyDeployment.PORT))
                .endPort()
                .endIngress()
                .addNewIngress()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString(ProxyDeployment.CONTROL_PORT))
                .endPort()
                .addNewFrom()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(Map.of(NAME, "vextrus-operator"))
                .endPodSelector()
                .endFrom()
                .addNewFrom()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(Map.of(NAME, "prometheus"))
                .endPodSelector()
                .endFrom()
                .endIngress()
                .endSpec()
                .build();
    }
}
