package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.ReleaseProbe;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rolloutkubernetes.cluster.ClusterWorkload;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutSpec;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Workloads as their resources describe them. */
record ClusterWorkloads(KubernetesClient client, InstantSource clock) implements Workload.Finder {
    private static final int SERVICE_PORT = 80;
    private static final int PROXY_REPLICAS = 2;
    private static final String METRICS_PATH = "/metrics";

    @Override
    public Workload find(PhasedRollout resource) {
        ClusterWorkloadSettings settings = settings(resource);
        return new InCluster(client, settings, ClusterWorkload.open(client, settings, clock));
    }

    static ClusterWorkloadSettings settings(PhasedRollout resource) {
        PhasedRolloutSpec.Traffic traffic = resource.getSpec().wantedTraffic();
        return new ClusterWorkloadSettings(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                Rivals.service(resource),
                traffic.port() == null ? SERVICE_PORT : traffic.port(),
                router(resource, traffic),
                metrics(resource));
    }

    private static RouterChoice router(PhasedRollout resource, PhasedRolloutSpec.Traffic traffic) {
        PhasedRolloutSpec.Gateway gateway = traffic.gateway();
        if (gateway != null) {
            return new RouterChoice.Gateway(
                    gateway.route() == null ? resource.getMetadata().getName() : gateway.route(),
                    gateway.gateway(),
                    gateway.gatewayNamespace() == null
                            ? resource.getMetadata().getNamespace()
                            : gateway.gatewayNamespace(),
                    gateway.hostnames() == null ? List.of() : gateway.hostnames());
        }
        PhasedRolloutSpec.Proxy proxy = traffic.proxy();
        if (proxy != null) {
            if (proxy.image() == null) {
                throw new IllegalArgumentException(
                        "spec.traffic.proxy.image: is missing; name the image of vextrus's proxy");
            }
            return new RouterChoice.Proxy(proxy.image(), proxy.replicas() == null ? PROXY_REPLICAS : proxy.replicas());
        }
        return new RouterChoice.ReplicaRatio();
    }

    private static MetricsChoice metrics(PhasedRollout resource) {
        PhasedRolloutSpec spec = resource.getSpec();
        PhasedRolloutSpec.MetricsSource source = spec.wantedMetrics();
        PhasedRolloutSpec.Prometheus prometheus = source.prometheus();
        if (prometheus != null) {
            String ownSeries = "namespace=\"" + resource.getMetadata().getNamespace() + "\"";
            return new MetricsChoice.FromPrometheus(URI.create(prometheus.address()), ownSeries);
        }
        PhasedRolloutSpec.Pods pods = source.pods();
        if (pods == null && spec.wantedTraffic().proxy() != null) {
            return new MetricsChoice.FromProxy();
        }
        return new MetricsChoice.FromPods(
                pods == null ? null : pods.port(), pods == null || pods.path() == null ? METRICS_PATH : pods.path());
    }

    /** A workload that the cluster holds. */
    private record InCluster(KubernetesClient client, ClusterWorkloadSettings settings, ClusterWorkload inner)
            implements Workload {
        @Override
        public Target target() {
            return inner.target();
        }

        @Override
        public Metrics metrics() {
            return inner.metrics();
        }

        @Override
        public ReleaseProbe probe() {
            return inner.probe();
        }

        @Override
        public Optional<ReleaseSpec> ordered(Color color) {
            return Standing.look(client, settings).ordered(color);
        }

        @Override
        public OptionalInt replicas(Color color) {
            Deployment deployment =
                    Standing.look(client, settings).deployments().get(color);
            Integer replicas = deployment == null ? null : deployment.getSpec().getReplicas();
            return replicas == null ? OptionalInt.empty() : OptionalInt.of(replicas);
        }

        @Override
        public List<String> revert(Color canary) {
            return inner.revert(canary);
        }

        @Override
        public void drain(List<Pod> pods, Color like) {
            inner.drain(pods, like);
        }

        @Override
        public void giveBack(Map<String, String> otherwise, Set<String> pods) {
            inner.giveBack(otherwise, pods);
        }

        @Override
        public boolean fits(PhasedRollout resource) {
            return settings.equals(ClusterWorkloads.settings(resource));
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
