package dev.vextrus.rolloutkubernetes.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.port.TargetContract;
import dev.vextrus.rolloutkubernetes.testkit.Colorful;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The target on the cluster that KUBECONFIG names, with pods that really run. */
class KubernetesTargetIT extends TargetContract {
    private TestCluster cluster;
    private ClusterWorkload workload;

    @BeforeEach
    void open() {
        cluster = TestCluster.open("contract");
        TestImage.loaded();
        workload = ClusterWorkload.open(cluster.client(), settings(), InstantSource.system());
    }

    private ClusterWorkloadSettings settings() {
        return new ClusterWorkloadSettings(
                cluster.namespace(),
                "colorful",
                "colorful",
                80,
                new RouterChoice.ReplicaRatio(),
                new MetricsChoice.FromPods(null, "/metrics"));
    }

    @AfterEach
    void close() {
        if (workload != null) {
            workload.close();
            cluster.close();
        }
    }

    @Override
    protected Target target() {
        return workload.target();
    }

    @Override
    protected ReleaseSpec release(boolean canary) {
        return Colorful.release(canary ? "1.1.0" : "1.0.0", Map.of());
    }

    @Override
    protected void await(BooleanSupplier holds) {
        TestCluster.await("what the contract waits for", holds);
    }

    @Test
    void a_container_that_dies_is_told_with_its_code_and_counted() {
        target().deploy(Color.GREEN, Colorful.release("1.1.0", Map.of("CRASH_AT_START", "yes")), 1);

        await(() -> target().observe().of(Color.GREEN).stream().anyMatch(pod -> pod.exits() >= 2));

        InstanceView pod = target().observe().of(Color.GREEN).getFirst();
        assertThat(pod.ready()).isFalse();
        assertThat(pod.everReady()).isFalse();
        assertThat(pod.lastExit()).contains("app ended with code 1", "Error");
    }

    @Test
    void an_image_that_cannot_be_had_is_told_in_words() {
        target().deploy(Color.GREEN, Colorful.release("1.1.0", "local/there-is-none:1", Map.of()), 1);

        await(() -> target().observe().of(Color.GREEN).stream()
                .anyMatch(pod -> pod.lastExit() != null && pod.lastExit().contains("Image")));

        assertThat(target().observe().of(Color.GREEN).getFirst().exits()).isZero();
    }

    @Test
    void what_was_ordered_is_found_by_the_next_controller() {
        target().deploy(Color.BLUE, release(false), 1);
        await(() -> target().observe().ready(Color.BLUE) == 1);
        target().route(new Routing(7, Color.BLUE, null, 0, List.of(), false));
        target().drain(Color.BLUE);

        try (ClusterWorkload next = ClusterWorkload.open(cluster.client(), settings(), InstantSource.system())) {
            assertThat(next.target().observe().desired()).containsExactly(Map.entry(Color.BLUE, 1));
            assertThat(next.target().observe().draining()).containsExactly(Color.BLUE);
            assertThat(next.target().observe().routing())
                    .isEqualTo(new Routing(7, Color.BLUE, null, 0, List.of(), false));
        }
    }

    @Test
    void a_colour_that_drained_and_is_deployed_again_takes_requests_again() {
        target().deploy(Color.BLUE, release(false), 1);
        await(() -> target().observe().ready(Color.BLUE) == 1);
        target().drain(Color.BLUE);
        await(() -> target().observe().ready(Color.BLUE) == 0);

        target().deploy(Color.BLUE, release(false), 1);

        await(() -> target().observe().ready(Color.BLUE) == 1);
        assertThat(target().observe().draining()).isEmpty();
    }

    @Test
    void a_foreign_edit_is_put_back_and_told_and_an_untouched_deployment_is_left_alone() {
        target().deploy(Color.BLUE, release(false), 1);
        assertThat(workload.revert(Color.GREEN)).isEmpty();
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("colorful-blue")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"minReadySeconds\":0}}");

        // A try that meets the cluster's own writing of the status is one for nothing.
        List<String> told = new ArrayList<>();
        await(() -> told.addAll(workload.revert(Color.GREEN)));
        assertThat(told).singleElement().asString().contains("colorful-blue");
        assertThat(workload.revert(Color.GREEN)).isEmpty();
    }

    @Test
    void evidence_is_immutable_small_and_holds_the_log_of_before_the_crash() {
        target().deploy(Color.GREEN, Colorful.release("1.1.0", Map.of("CRASH_AT_START", "yes")), 1);
        // While it waits to be started again, the node keeps the log of the container that ended last.
        await(() -> containersOf(Color.GREEN)
                .anyMatch(app -> app.getRestartCount() >= 1 && app.getState().getWaiting() != null));

        List<String> saved = target().collectEvidence(Color.GREEN);

        List<ConfigMap> maps = cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withLabel(Names.ROLLOUT, "colorful")
                .withLabel(Names.PART, "evidence")
                .list()
                .getItems();
        assertThat(maps)
                .hasSameSizeAs(saved)
                .allSatisfy(map -> assertThat(map.getImmutable()).isTrue());
        assertThat(maps.getFirst().getData())
                .containsKeys("events.txt", "figures.json")
                .anySatisfy((name, text) -> {
                    assertThat(name).endsWith(".app.log");
                    assertThat(text).contains("crashing at start, as told");
                })
                .anySatisfy((name, text) -> assertThat(name).endsWith(".app.previous.log"));
    }

    private Stream<ContainerStatus> containersOf(Color color) {
        return cluster
                .client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel(Names.COLOR, color.label())
                .list()
                .getItems()
                .stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream());
    }
}
