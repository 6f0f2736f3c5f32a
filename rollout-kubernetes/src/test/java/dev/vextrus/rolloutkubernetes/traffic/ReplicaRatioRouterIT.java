package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;

class ReplicaRatioRouterIT extends TrafficRouterContract {

    @Override
    protected RouterChoice router(TestCluster cluster) {
        return new RouterChoice.ReplicaRatio();
    }

    @Override
    protected String url(TestCluster cluster) {
        return "http://colorful." + cluster.namespace() + "/";
    }

    @Override
    protected int requestsPerConnection() {
        return 2;
    }
}
