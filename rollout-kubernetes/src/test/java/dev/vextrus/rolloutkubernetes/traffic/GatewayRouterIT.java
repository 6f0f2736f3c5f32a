package dev.vextrus.rolloutkubernetes.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rolloutkubernetes.testkit.Colorful;
import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** On the first Gateway of the cluster that has an address and an HTTP listener. */
class GatewayRouterIT extends TrafficRouterContract {

    @Override
    protected RouterChoice router(TestCluster cluster) {
        Gateway gateway = gateway(cluster);
        return new RouterChoice.Gateway(
                "colorful",
                gateway.getMetadata().getName(),
                gateway.getMetadata().getNamespace(),
                List.of(host(cluster)));
    }

    private static Gateway gateway(TestCluster cluster) {
        List<Gateway> gateways = List.of();
        try {
            gateways = cluster.client().resources(Gateway.class).inAnyNamespace().list().getItems().stream()
                    .filter(gateway -> gateway.getStatus() != null
                            && !gateway.getStatus().getAddresses().isEmpty())
                    .toList();
        } catch (KubernetesClientException noSuchType) {
            // told below
        }
        Assumptions.assumeFalse(
                gateways.isEmpty(), "SKIPPED: the cluster has no Gateway with an address, so nothing was proven here");
        return gateways.getFirst();
    }

    @Override
    protected String url(TestCluster cluster) {
        return "http://"
                + gateway(cluster).getStatus().getAddresses().getFirst().getValue() + "/";
    }

    @Override
    protected String host(TestCluster cluster) {
        return cluster.namespace() + ".test";
    }

    @Test
    void the_canary_header_needs_its_credential_and_the_release_never_sees_it() {
        Target target = workload().target();
        target.deploy(Color.BLUE, Colorful.release("1.0.0", Map.of()), 1);
        target.deploy(Color.GREEN, Colorful.release("1.1.0", Map.of()), 1);
        TestCluster.await(
                "both colours are ready",
                () -> target.observe().ready(Color.BLUE) == 1
                        && target.observe().ready(Color.GREEN) == 1);
        target.route(new Routing(1, Color.BLUE, Color.GREEN, 0, List.of(), false));
        String credential = workload().canaryCredential();

        assertThat(answering("x-canary=true,x-canary-credential=" + credential)).containsExactly("green");
        assertThat(answering("x-canary=true")).containsExactly("blue");
    }

    private Iterable<String> answering(String headers) {
        try (LoadPod load = new LoadPod(cluster(), url(cluster()), host(cluster()), 0, headers)) {
            load.await(20);
            load.reset();
            return load.await(50).answers().keySet();
        }
    }
}
