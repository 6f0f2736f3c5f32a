package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.proxyapi.ProxyControl;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The pods of a workload's proxy, and the control address of each. */
public final class ProxyPods {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration AT_MOST = Duration.ofSeconds(3);

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final PodCalls calls;
    private final CanaryCredential credential;

    public ProxyPods(
            KubernetesClient cluster, ClusterWorkloadSettings settings, PodCalls calls, CanaryCredential credential) {
        this.cluster = cluster;
        this.settings = settings;
        this.calls = calls;
        this.credential = credential;
    }

    /**
     * One proxy.
     *
     * @param uid of its pod; a container that is started again in the same pod keeps it
     * @param ready whether the Service sends it requests
     */
    public record Proxy(String uid, String name, boolean ready, ProxyControl control) {}

    /** Those that run and have an address, also those that are about to end: they still serve. */
    public List<Proxy> running() {
        String token = credential.controlToken();
        return cluster
                .pods()
                .inNamespace(settings.namespace())
                .withLabels(ProxyDeployment.selector(settings))
                .list()
                .getItems()
                .stream()
                .filter(pod -> !PodReading.takenAway(pod)
                        && PodReading.address(pod).isPresent()
                        && "Running".equals(pod.getStatus().getPhase()))
                .map(pod -> new Proxy(
                        pod.getMetadata().getUid(),
                        PodReading.name(pod),
                        PodReading.ready(pod) && PodReading.stays(pod),
                        control(pod, token)))
                .toList();
    }

    private ProxyControl control(Pod pod, String token) {
        return new ProxyControl() {
            @Override
            public Reply get(String path) throws IOException {
                return send(pod, token, "GET", path, null);
            }

            @Override
            public Reply put(String path, String json) throws IOException {
                return send(pod, token, "PUT", path, json);
            }
        };
    }

    private ProxyControl.Reply send(Pod pod, String token, String method, String path, @Nullable String body)
            throws IOException {
        PodCalls.Reply reply = calls.send(
                pod,
                ProxyDeployment.CONTROL_PORT,
                method,
                path,
                Map.of("Authorization", "Bearer " + token),
                body,
                AT_MOST);
        try {
            return new ProxyControl.Reply(reply.status(), MAPPER.readTree(reply.body()));
        } catch (JacksonException malformed) {
            throw new IOException("proxy " + PodReading.name(pod) + " answered something else than JSON", malformed);
        }
    }
}
