package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import org.junit.jupiter.api.Assumptions;

/** With the proxy's image that VEXTRUS_PROXY_IMAGE names and the cluster has. */
class ProxyRouterIT extends TrafficRouterContract {

    @Override
    protected RouterChoice router(TestCluster cluster) {
        String image = System.getenv("VEXTRUS_PROXY_IMAGE");
        Assumptions.assumeTrue(
                image != null, "SKIPPED: VEXTRUS_PROXY_IMAGE names no image of the proxy, so nothing was proven here");
        return new RouterChoice.Proxy(String.valueOf(image), 2);
    }

    @Override
    protected String url(TestCluster cluster) {
        return "http://colorful." + cluster.namespace() + "/";
    }
}
