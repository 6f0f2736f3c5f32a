package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.e2e.cluster.Kubectl;
import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Deployment that serves already comes under a rollout's care, and out of it, while clients keep their connections open. */
@BesideOthers
class AdoptIT {
    private static final String OWN = "";
    private static final int REPLICAS = 2;

    @TempDir
    private Path folder;

    @Test
    void it_is_taken_over_and_given_back_without_a_failed_request() throws Exception {
        Kubectl.requireCluster();
        TestImage.loaded();
        try (TestCluster cluster = TestCluster.named("e2e-adopt");
                OperatorGround ground = OperatorGround.open(cluster, folder)) {
            Path manifest = Files.writeString(folder.resolve("shop.yaml"), servesAlready());
            kubectl(cluster, "apply", "-f", manifest.toString());
            kubectl(cluster, "rollout", "status", "deployment/till", "--timeout=3m");
            LoadPod load = ground.load(0);
            load.await(50);

            adopt(cluster, ground);

            assertThat(deployment(cluster).getSpec().getReplicas()).isZero();
            assertThat(load.reset().failed()).isZero();
            assertThat(load.await(50).answers()).containsOnlyKeys("blue");

            aChangeOfItsTemplateIsARollout(cluster, ground);

            adopt(cluster, ground, "--give-back");

            assertThat(load.reset())
                    .satisfies(counts ->
                            assertThat(counts.failed()).as(counts.why()).isZero());
            assertThat(load.await(50).answers()).containsOnlyKeys(OWN);
            assertThat(deployment(cluster).getStatus().getReadyReplicas()).isEqualTo(REPLICAS);
            assertThat(service(cluster).getSpec().getSelector()).isEqualTo(Map.of("app", "shop"));
            TestCluster.await(
                    "the colour's pods are gone",
                    () -> ground.till().pods("blue").isEmpty());
            assertThat(ground.till().resource().get()).isNull();
        }
    }

    /** And the release that serves, given again, ends it. */
    private static void aChangeOfItsTemplateIsARollout(TestCluster cluster, OperatorGround ground) throws Exception {
        kubectl(cluster, "set", "env", "deployment/till", "VERSION=1.1.0");
        ground.till()
                .await(
                        "a rollout began",
                        ground.operator(),
                        status -> !status.rollout().isEmpty());
        kubectl(cluster, "set", "env", "deployment/till", "VERSION=1.0.0");
        ground.till().await("it went back", ground.operator(), Till.Status::ended);
    }

    private void adopt(TestCluster cluster, OperatorGround ground, String... more) {
        List<String> words = new ArrayList<>(
                List.of("rollout", "adopt", "deployment/till", "-n", cluster.namespace(), "--wait", "240"));
        words.addAll(List.of(more));
        FrontDoor.Ended ended = FrontDoor.from(folder).run(words.toArray(String[]::new));
        assertThat(ended.exitCode())
                .as(ended.out() + ended.err() + ground.operator().told())
                .isZero();
    }

    private static void kubectl(TestCluster cluster, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-n", cluster.namespace()));
        all.addAll(List.of(arguments));
        Kubectl.ask(all.toArray(String[]::new));
    }

    private static String servesAlready() {
        return """
            apiVersion: v1
            kind: Service
            metadata: {name: till}
            spec:
              selector: {app: shop}
              ports: [{name: http, port: 80, targetPort: http}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: till}
            spec:
              replicas: %d
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  terminationGracePeriodSeconds: 20
                  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: app
                      image: %s
                      imagePullPolicy: IfNotPresent
                      ports: [{name: http, containerPort: 8080}, {name: management, containerPort: 9090}]
                      readinessProbe: {httpGet: {path: /health/ready, port: management}, periodSeconds: 1}
                      resources: {requests: {cpu: 20m, memory: 16Mi}}
                      securityContext:
                        allowPrivilegeEscalation: false
                        readOnlyRootFilesystem: true
                        capabilities: {drop: [ALL]}
                      env:
                        - {name: VERSION, value: "1.0.0"}
                        - {name: COLOR, valueFrom: {fieldRef: {fieldPath: "metadata.labels['vextrus.dev/color']"}}}
                        - {name: STOP_MILLIS, value: "5000"}
            """.formatted(REPLICAS, TestImage.NAME);
    }

    private static Deployment deployment(TestCluster cluster) {
        return Objects.requireNonNull(cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("till")
                .get());
    }

    private static Service service(TestCluster cluster) {
        return Objects.requireNonNull(cluster.client()
                .services()
                .inNamespace(cluster.namespace())
                .withName("till")
                .get());
    }
}
