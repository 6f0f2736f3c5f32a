package dev.vextrus.rolloutkubernetes.cluster;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.overhttp.HttpCall;
import dev.vextrus.rollout.overhttp.HttpReleaseProbe;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rollout.port.ReleaseProbe;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rolloutkubernetes.metrics.PodMetrics;
import dev.vextrus.rolloutkubernetes.metrics.PrometheusMetrics;
import dev.vextrus.rolloutkubernetes.metrics.ProxyPoolMetrics;
import dev.vextrus.rolloutkubernetes.pods.ManagementCalls;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.preflight.Preflight;
import dev.vextrus.rolloutkubernetes.traffic.CanaryCredential;
import dev.vextrus.rolloutkubernetes.traffic.GatewayRouter;
import dev.vextrus.rolloutkubernetes.traffic.ProxyPods;
import dev.vextrus.rolloutkubernetes.traffic.ProxyRouter;
import dev.vextrus.rolloutkubernetes.traffic.ReplicaRatioRouter;
import dev.vextrus.rolloutkubernetes.traffic.ServiceHandover;
import dev.vextrus.rolloutkubernetes.traffic.TrafficRouter;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workload of a cluster while a controller looks after it: its target, counts and releases. Closing it changes nothing
 * in the cluster.
 */
public final class ClusterWorkload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWorkload.class);
    private static final int SLOW_MILLIS = 300;
    private static final Duration CONTRACT_AT_MOST = Duration.ofSeconds(30);

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final PodCalls calls;
    private final CanaryCredential credential;
    private final ProxyPods proxies;
    private final KubernetesTarget target;
    private final Metrics metrics;
    private final ScheduledExecutorService reading = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cluster-metrics").factory());

    private ClusterWorkload(
            KubernetesClient cluster,
            ClusterWorkloadSettings settings,
            PodCalls.Way way,
            InstantSource clock,
            Supplier<String> random) {
        this.cluster = cluster;
        this.settings = settings;
        this.calls = new PodCalls(cluster, way);
        this.credential = new CanaryCredential(cluster, settings, random);
        this.proxies = new ProxyPods(cluster, settings, calls, credential);
        TrafficRouter router = router();
        this.metrics = metrics(clock);
        ClusterEvidence evidence = new ClusterEvidence(cluster, settings, clock, this::figures);
        this.target = new KubernetesTarget(cluster, settings, router, new ManagementCalls(calls), evidence);
    }

    /** Looks after the workload that {@code settings} name, with pods reached in the way that works. */
    public static ClusterWorkload open(
            KubernetesClient cluster, ClusterWorkloadSettings settings, InstantSource clock) {
        return open(cluster, settings, PodCalls.Way.TRY, clock);
    }

    /** @param way in which pods are reached */
    public static ClusterWorkload open(
            KubernetesClient cluster, ClusterWorkloadSettings settings, PodCalls.Way way, InstantSource clock) {
        return new ClusterWorkload(cluster, settings, way, clock, ClusterWorkload::secret);
    }

    private TrafficRouter router() {
        return switch (settings.router()) {
            case RouterChoice.ReplicaRatio _ -> new ReplicaRatioRouter(cluster, settings);
            case RouterChoice.Gateway gateway -> new GatewayRouter(cluster, settings, gateway, credential);
            case RouterChoice.Proxy proxy -> new ProxyRouter(cluster, settings, proxy, credential, proxies);
        };
    }

    private Metrics metrics(InstantSource clock) {
        return switch (settings.metrics()) {
            case MetricsChoice.FromPods pods -> {
                PodMetrics counts = new PodMetrics(calls, pods, clock);
                Future<?> _ = reading.scheduleAtFixedRate(() -> read(counts), 0, 1, TimeUnit.SECONDS);
                yield counts;
            }
            case MetricsChoice.FromProxy _ -> new ProxyPoolMetrics(proxies::running, clock);
            case MetricsChoice.FromPrometheus prometheus -> new PrometheusMetrics(prometheus, this::slowMillis, clock);
        };
    }

    /** What the ordered release calls slow; where it is unknown, what most do. */
    private int slowMillis(Color color) {
        try {
            return Standing.look(cluster, settings)
                    .ordered(color)
                    .map(ReleaseSpec::slowMillis)
                    .orElse(SLOW_MILLIS);
        } catch (KubernetesClientException silence) {
            throw new MetricsUnavailable("the releases' objectives are unknown: " + silence.getMessage(), silence);
        }
    }

    /** 256 bits that nobody guesses. */
    private static String secret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void read(PodMetrics counts) {
        try {
            counts.scrape(Standing.look(cluster, settings));
        } catch (KubernetesClientException silence) {
            LOG.debug("the pods to read are unknown", silence); // too long a silence is told by the metrics themselves
        } catch (RuntimeException unexpected) {
            LOG.error("the pods' counters were not read", unexpected);
        }
    }

    private String figures(Color color) {
        try {
            return RolloutJson.mapper().writeValueAsString(metrics.totals().get(color));
        } catch (MetricsUnavailable missing) {
            return "\"" + missing.getMessage() + "\"";
        }
    }

    public Target target() {
        return target;
    }

    public Metrics metrics() {
        return metrics;
    }

    public ReleaseProbe probe() {
        return new HttpReleaseProbe(this::managementPorts);
    }

    private List<HttpCall> managementPorts(Color color) {
        try {
            Standing standing = Standing.look(cluster, settings);
            return standing.template(color).stream()
                    .flatMap(template -> standing.running(color).stream()
                            .sorted(Comparator.comparing(pod -> !PodReading.ready(pod)))
                            .map(pod -> managementPort(pod, template)))
                    .toList();
        } catch (KubernetesClientException silence) {
            String why = "the pods of " + color.label() + " are unknown: " + silence.getMessage();
            return List.of(path -> {
                throw new IOException(why, silence);
            });
        }
    }

    private HttpCall managementPort(Pod pod, RunSpec.PodTemplate template) {
        OptionalInt port = ManagementCalls.port(pod, template);
        return path -> {
            if (port.isEmpty()) {
                return new HttpCall.Reply(
                        404, ""); // without a management port a release offers nothing of the contract
            }
            PodCalls.Reply reply = calls.get(pod, port.getAsInt(), path, CONTRACT_AT_MOST);
            return new HttpCall.Reply(reply.status(), reply.body());
        };
    }

    /** The checklist before a rollout. */
    public Preflight preflight() {
        return new Preflight(cluster, settings, target, metrics);
    }

    /** What a smoke test sends as {@code x-canary-credential}, beside {@code x-canary: true}; only with a router. */
    public String canaryCredential() {
        return credential.value();
    }

    /**
     * Puts back what somebody else changed of the Deployments.
     *
     * @param canary colour that stays empty where it was scaled to 0
     * @return what was put back, a sentence each
     * @throws dev.vextrus.rollout.port.TargetUnavailable if the cluster does not answer
     */
    public List<String> revert(Color canary) {
        return target.revert(canary);
    }

    /**
     * Tells pods that run the release of {@code like}, and belong to neither colour, to let their connections go.
     *
     * @param like colour whose release names the port
     */
    public void drain(List<Pod> pods, Color like) {
        Standing.look(cluster, settings)
                .template(like)
                .ifPresent(template -> pods.forEach(pod -> new ManagementCalls(calls).drain(pod, template)));
    }

    /**
     * Gives the Service back.
     *
     * @param otherwise what it selects where it came with the rollout
     * @param pods that it sends requests to on return
     */
    public void giveBack(Map<String, String> otherwise, Set<String> pods) {
        new ServiceHandover(cluster, settings).giveBack(otherwise, pods);
    }

    @Override
    public void close() {
        reading.shutdownNow();
        if (metrics instanceof PrometheusMetrics prometheus) {
            prometheus.close();
        }
        calls.close();
    }
}
