package dev.vextrus.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrafficBatch;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rolloutkubernetes.testkit.Colorful;
import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.traffic.TrafficRouterContract;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Our own proxy, two of it, in the image that {@code vextrus image} makes. */
@BesideOthers
class ProxyRouterIT extends TrafficRouterContract {

    @Override
    protected RouterChoice router(TestCluster cluster) {
        try {
            return new RouterChoice.Proxy(ProductImages.loaded("proxy").getFirst(), 2);
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException("the proxy's image was not made", failed);
        }
    }

    @Override
    protected String url(TestCluster cluster) {
        return "http://colorful." + cluster.namespace() + "/";
    }

    @Override
    protected MetricsChoice metrics() {
        return new MetricsChoice.FromProxy();
    }

    @Test
    void whole_tenants_move_and_each_is_counted_at_the_release_that_answered_it() {
        Target target = workload().target();
        target.deploy(Color.BLUE, Colorful.release("1.0.0", Map.of()), 1);
        target.deploy(Color.GREEN, Colorful.release("1.1.0", Map.of()), 1);
        TestCluster.await(
                "both colours are ready",
                () -> target.observe().ready(Color.BLUE) == 1
                        && target.observe().ready(Color.GREEN) == 1);
        assertThat(target.capabilities().tenantCohorts()).isTrue();
        target.route(new Routing(1, Color.BLUE, Color.GREEN, 0.25, List.of("acme"), true));

        assertThat(answering("acme")).containsExactly("green");
        assertThat(answering("globex")).containsExactly("blue");

        Set<String> counted = new TreeSet<>();
        TestCluster.await("the proxies' counts of both tenants come in as one", () -> {
            TrafficBatch batch = workload().metrics().after(0);
            batch.tenants()
                    .forEach(window ->
                            counted.add(window.tenant() + " " + window.color().label()));
            return batch.tracks().stream().mapToLong(TrackWindow::keys).sum() >= 140
                    && counted.containsAll(Set.of("acme green", "globex blue"));
        });
        assertThat(counted).containsExactly("acme green", "globex blue");
        assertThat(workload().metrics().requestsByTenant()).containsOnlyKeys("acme", "globex");
    }

    /** Colours that answer a tenant. */
    private Set<String> answering(String tenant) {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"tenant\":\"" + tenant + "\"}").getBytes(StandardCharsets.UTF_8));
        try (LoadPod load =
                new LoadPod(cluster(), url(cluster()), "", 0, "Authorization=Bearer header." + claims + ".signature")) {
            load.await(20);
            assertThat(load.reset().failed()).isZero();
            LoadPod.Counts counts = load.await(50);
            assertThat(counts.failed()).as(counts.why()).isZero();
            return counts.answers().keySet();
        }
    }

    @Test
    void the_control_port_has_a_policy_that_names_who_may_reach_it() throws Exception {
        workload().target().deploy(Color.BLUE, Colorful.release("1.0.0", Map.of()), 1);

        JsonNode policy = Kubectl.json(
                        "get",
                        "networkpolicy",
                        "colorful-proxy",
                        "-n",
                        cluster().namespace())
                .path("spec");

        assertThat(policy.path("ingress").size()).isEqualTo(2);
        assertThat(policy.path("ingress")
                        .path(0)
                        .path("ports")
                        .path(0)
                        .path("port")
                        .asInt())
                .isEqualTo(8080);
        assertThat(policy.path("ingress").path(0).has("from")).isFalse();
        assertThat(policy.path("ingress")
                        .path(1)
                        .path("ports")
                        .path(0)
                        .path("port")
                        .asInt())
                .isEqualTo(8081);
        assertThat(policy.path("ingress").path(1).path("from").size()).isEqualTo(2);
    }
}
