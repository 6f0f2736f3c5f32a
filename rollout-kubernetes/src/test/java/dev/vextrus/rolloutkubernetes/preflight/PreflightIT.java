package dev.vextrus.rolloutkubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rollout.preflight.Check.Outcome;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rolloutkubernetes.cluster.ClusterWorkload;
import dev.vextrus.rolloutkubernetes.testkit.Colorful;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreflightIT {
    private TestCluster cluster;
    private ClusterWorkload workload;

    @BeforeEach
    void open() {
        cluster = TestCluster.open("preflight");
        TestImage.loaded();
        workload = ClusterWorkload.open(
                cluster.client(),
                new ClusterWorkloadSettings(
                        cluster.namespace(),
                        "colorful",
                        "colorful",
                        80,
                        new RouterChoice.ReplicaRatio(),
                        new MetricsChoice.FromPods(null, "/metrics")),
                InstantSource.system());
    }

    @AfterEach
    void close() {
        if (workload != null) {
            workload.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void a_release_that_can_run_passes_and_leaves_nothing_behind() {
        List<Check> checks = run(Colorful.release("1.1.0", Map.of()));

        assertThat(outcomes(checks, "permissions", "secrets", "image", "service", "metrics"))
                .as(checks.toString())
                .containsOnly(Outcome.OK);
        TestCluster.await(
                "no pod is left",
                () -> cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
    }

    @Test
    void a_missing_secret_an_image_that_is_not_there_and_sticky_clients_are_found_each_with_its_remedy() {
        cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("colorful")
                        .endMetadata()
                        .withNewSpec()
                        .withSessionAffinity("ClientIP")
                        .addToSelector("app", "colorful")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        ReleaseSpec release = Colorful.release("1.1.0", "local/there-is-none:1", Map.of());
        RunSpec.PodTemplate template = (RunSpec.PodTemplate) release.run();
        String withSecret = template.template()
                .replace("\"env\":[", "\"envFrom\":[{\"secretRef\":{\"name\":\"database\"}}],\"env\":[");
        List<Check> checks = run(new ReleaseSpec(
                release.name(),
                release.version(),
                new RunSpec.PodTemplate(withSecret, "app", "http", "management"),
                release.slowMillis(),
                release.readyWithin()));

        assertThat(outcomes(checks, "secrets", "image", "service"))
                .as(checks.toString())
                .containsExactlyInAnyOrder(Outcome.FAILED, Outcome.FAILED, Outcome.FAILED);
        assertThat(checks)
                .filteredOn(check -> check.outcome() == Outcome.FAILED)
                .allSatisfy(check -> assertThat(check.remedy()).isNotEmpty());
        assertThat(checks)
                .filteredOn(check -> check.name().equals("secrets"))
                .singleElement()
                .satisfies(check -> assertThat(check.what()).contains("secret database"));
    }

    @Test
    void who_may_nothing_is_told_what_is_missing() {
        try (KubernetesClient nobody = cluster.nobody()) {
            Check check = Permissions.check(nobody, cluster.namespace(), new RouterChoice.ReplicaRatio());

            assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(check.what()).contains("create deployments", "patch pods", "get pods/log");
        }
    }

    private List<Check> run(ReleaseSpec canary) {
        RolloutPlan plan = Plans.of(List.of(Plans.phase(1, 100, Duration.ofHours(1))));
        RolloutPlan ours = new RolloutPlan(
                plan.name(),
                "kubernetes",
                plan.stable(),
                canary,
                plan.phases(),
                plan.stableReplicas(),
                plan.startEvery(),
                plan.capacity(),
                plan.rollback(),
                plan.blind(),
                plan.cohorts(),
                plan.looks(),
                plan.analysis(),
                plan.notifications());
        return workload.preflight().run(ours, OptionalDouble.of(1_000));
    }

    private static List<Outcome> outcomes(List<Check> checks, String... names) {
        return checks.stream()
                .filter(check -> List.of(names).contains(check.name()))
                .map(Check::outcome)
                .toList();
    }
}
