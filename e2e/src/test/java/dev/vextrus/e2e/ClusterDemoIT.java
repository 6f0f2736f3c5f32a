package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.AloneOnTheCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo on the cluster that KUBECONFIG names, as a stranger runs it: one command, and nothing of it stays. */
@AloneOnTheCluster
class ClusterDemoIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void aCluster() {
        Assumptions.assumeTrue(
                System.getenv("KUBECONFIG") != null,
                "SKIPPED: KUBECONFIG names no cluster, so nothing was proven here");
        Assumptions.assumeTrue(
                System.getenv("VEXTRUS_LOAD_IMAGE") != null,
                "SKIPPED: VEXTRUS_LOAD_IMAGE is not set; give it a command that loads an archive, with {} for the file");
    }

    @Test
    void a_release_that_fails_goes_back_and_nothing_of_the_demo_stays() {
        FrontDoor.Ended ended = FrontDoor.from(folder).run(words("--release", "errors", "--speed", "3"));

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
        JsonNode answer = ended.json();
        assertThat(answer.path("outcome").asString()).isEqualTo("rolled-back");
        assertThat(answer.path("reason").asString()).isIn("HARMFUL_ERRORS", "ERROR_RATE");
        assertThat(answer.path("target").asString()).isEqualTo("kubernetes");
        assertThat(answer.path("tracks").path("stable").path("failed").asLong()).isZero();
        assertThat(answer.path("tracks").path("canary").path("failed").asLong()).isPositive();
        assertThat(answer.path("droppedConnections").isNumber()).isTrue();
        assertThat(answer.path("secondsToDecision").isNumber()).isTrue();
        assertThat(answer.path("secondsToNoCanaryTraffic").isNumber()).isTrue();
        assertThat(Path.of(answer.path("report").asString())).isRegularFile();
        nothingStays(ended.err());
    }

    /** It answers well, and only its books show it: the release contract is asked in the cluster as on one machine. */
    @Test
    void finance_that_books_a_wrong_balance_goes_back_and_its_ledger_is_proven_intact() {
        requireGateway();

        FrontDoor.Ended ended = FrontDoor.from(folder)
                .within(Duration.ofMinutes(20))
                .run(words("--release", "corrupt", "--speed", "2", "--tenants", "8"));

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
        JsonNode answer = ended.json();
        assertThat(answer.path("service").asString()).isEqualTo("finance");
        assertThat(answer.path("outcome").asString()).isEqualTo("rolled-back");
        assertThat(answer.path("reason").asString()).isEqualTo("READ_MODEL_DIVERGED");
        assertThat(answer.path("tracks").path("stable").path("failed").asLong()).isZero();
        assertThat(answer.path("tracks").path("canary").path("requests").asLong())
                .isPositive();
        for (String proof : List.of("balanced", "readModels", "chain")) {
            assertThat(answer.path("integrity").path(proof).asBoolean())
                    .as(answer.toString())
                    .isTrue();
        }
        nothingStays(ended.err());
    }

    private static void requireGateway() {
        boolean there;
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            there = client.getApiGroup("gateway.networking.k8s.io") != null
                    && !client.resources(Gateway.class)
                            .inAnyNamespace()
                            .list()
                            .getItems()
                            .isEmpty();
        }
        Assumptions.assumeTrue(there, "SKIPPED: the cluster has no Gateway, so finance was not shown there");
    }

    private static String[] words(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "demo",
                "--target",
                "kubernetes",
                "--json",
                "--load-image",
                Objects.requireNonNull(System.getenv("VEXTRUS_LOAD_IMAGE"))));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** @param told by the demo, the name of its namespace among it */
    private static void nothingStays(String told) {
        String namespace = told.lines()
                .filter(line -> line.startsWith("namespace vextrus-demo-"))
                .map(line -> line.substring("namespace ".length(), line.indexOf(',')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no namespace was named: " + told));
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            TestCluster.await(
                    "namespace " + namespace + " is gone",
                    () -> client.namespaces().withName(namespace).get() == null);
        }
    }
}
