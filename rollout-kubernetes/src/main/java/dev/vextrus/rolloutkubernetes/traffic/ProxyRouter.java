package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.port.StaleEpoch;
import dev.vextrus.rollout.port.Target.Capabilities;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rollout.proxyapi.ProxyControl;
import dev.vextrus.rollout.proxyapi.ProxyRouting;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Our own proxy in front of both colours. The routing is ordered on the workload's Service, which fences it, and each
 * proxy is told; a proxy that starts anew has none, takes no request, and is told at the next look.
 */
public final class ProxyRouter implements TrafficRouter {
    private static final String ROUTING = "/control/v1/routing";
    private static final int LOOKS = 300;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final RouterChoice.Proxy choice;
    private final CanaryCredential credential;
    private final ProxyPods proxies;
    private final FrontService front;
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private volatile Map<Color, Integer> inFlight = Map.of();

    public ProxyRouter(
            KubernetesClient cluster,
            ClusterWorkloadSettings settings,
            RouterChoice.Proxy choice,
            CanaryCredential credential,
            ProxyPods proxies) {
        this.cluster = cluster;
        this.settings = settings;
        this.choice = choice;
        this.credential = credential;
        this.proxies = proxies;
        this.front = new FrontService(cluster, settings);
    }

    /** Starts the proxies before they are needed. */
    @Override
    public void prepare() {
        credential.controlToken();
        cluster.resource(ProxyNetworkPolicy.of(settings))
                .fieldManager(Names.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        cluster.resource(ProxyDeployment.of(settings, choice))
                .fieldManager(Names.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        if (front.get() == null) {
            front.create(new IntOrString(ProxyDeployment.PORT), ProxyDeployment.selector(settings));
        }
    }

    @Override
    public void apply(Routing routing, Standing standing) {
        prepare();
        Fence.write(cluster, front.resource(), routing, same -> same);
        String order = order(routing, standing);
        tellAll(routing, order);
        front.select(ProxyDeployment.selector(settings));
    }

    /** Every proxy that takes requests has confirmed it, and there is at least one. */
    private void tellAll(Routing routing, String order) {
        String last = "no proxy runs";
        for (int look = 0; look < LOOKS; look++) {
            List<ProxyPods.Proxy> running = proxies.running();
            boolean everyone = running.stream().anyMatch(ProxyPods.Proxy::ready);
            for (ProxyPods.Proxy proxy : running) {
                try {
                    put(proxy, routing, order);
                } catch (IOException silence) {
                    everyone &= !proxy.ready();
                    last = "proxy " + proxy.name() + ": " + silence.getMessage();
                }
            }
            if (everyone) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new TargetUnavailable("not every proxy follows the routing: " + last, null);
    }

    private void put(ProxyPods.Proxy proxy, Routing routing, String order) throws IOException {
        ProxyControl.Reply reply = proxy.control().put(ROUTING, order);
        if (reply.status() == 409) {
            throw new StaleEpoch(
                    routing.epoch(),
                    proxy.control().get(ROUTING).json().path("epoch").asLong());
        }
        if (reply.status() != 200 || !ProxyRouting.read(reply.json()).sameEffect(routing)) {
            throw new IOException("answered " + reply.status() + " "
                    + reply.json().path("error").path("message").asString(""));
        }
        told.put(proxy.uid(), order);
    }

    private String order(Routing routing, Standing standing) {
        Map<Color, ProxyRouting.Served> served = new EnumMap<>(Color.class);
        for (Color color : Color.values()) {
            served(color, standing).ifPresent(release -> served.put(color, release));
        }
        if (!served.containsKey(routing.stable())) {
            throw new TargetUnavailable("stable: no pod of " + routing.stable().label() + " has an address", null);
        }
        return ProxyRouting.write(routing, served, credential.value());
    }

    /** The addresses of a colour: its ready pods, or where none is ready all that have one. */
    private static Optional<ProxyRouting.Served> served(Color color, Standing standing) {
        Optional<ReleaseSpec> release = standing.ordered(color);
        Optional<RunSpec.PodTemplate> template = standing.template(color);
        if (release.isEmpty() || template.isEmpty()) {
            return Optional.empty();
        }
        List<Pod> ready = standing.ready(color);
        List<String> upstreams = (ready.isEmpty() ? standing.running(color) : ready)
                .stream()
                        .flatMap(pod -> upstream(pod, template.get()).stream())
                        .sorted()
                        .toList();
        return upstreams.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProxyRouting.Served(
                        release.get().version(), upstreams, release.get().slowMillis()));
    }

    private static Optional<String> upstream(Pod pod, RunSpec.PodTemplate template) {
        var port = PodReading.port(pod, template.container(), template.servingPort());
        return port.isEmpty()
                ? Optional.empty()
                : PodReading.address(pod)
                        .map(address ->
                                (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port.getAsInt());
    }

    @Override
    public @Nullable Routing follow(Standing standing) {
        Routing routing = Fence.read(front.get());
        if (routing == null) {
            return null;
        }
        String order = order(routing, standing);
        Map<Color, Integer> counted = new EnumMap<>(Color.class);
        for (ProxyPods.Proxy proxy : proxies.running()) {
            try {
                JsonNode follows = follows(proxy, routing, order);
                ProxyRouting.inFlight(follows).forEach((color, count) -> counted.merge(color, count, Integer::sum));
            } catch (IOException silence) {
                told.remove(proxy.uid()); // told again when it answers; one that is not ready takes no requests
                if (proxy.ready()) {
                    throw new TargetUnavailable(
                            "proxy " + proxy.name() + " does not answer: " + silence.getMessage(), silence);
                }
            }
        }
        inFlight = Map.copyOf(counted);
        return routing;
    }

    private JsonNode follows(ProxyPods.Proxy proxy, Routing routing, String order) throws IOException {
        ProxyControl.Reply reply = proxy.control().get(ROUTING);
        boolean current = reply.status() == 200
                && reply.json().path("epoch").asLong() == routing.epoch()
                && order.equals(told.get(proxy.uid()));
        if (!current) {
            put(proxy, routing, order);
        }
        return reply.json();
    }

    @Override
    public Map<Color, Integer> inFlight() {
        return inFlight;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true);
    }
}
