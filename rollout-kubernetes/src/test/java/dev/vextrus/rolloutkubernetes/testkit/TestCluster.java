package dev.vextrus.rolloutkubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** The cluster that KUBECONFIG names, and a namespace in it that goes when the test is over. */
public final class TestCluster implements AutoCloseable {
    private static final long AT_MOST_SECONDS = 180;

    private final KubernetesClient client;
    private final String namespace;

    private TestCluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Skips the test, and says so, where there is no cluster. */
    public static TestCluster open(String purpose) {
        return named("target-" + purpose);
    }

    /** The same, in a namespace whose name begins with {@code prefix}. */
    public static TestCluster named(String prefix) {
        Assumptions.assumeTrue(
                System.getenv("KUBECONFIG") != null,
                "SKIPPED: KUBECONFIG names no cluster, so nothing was proven here");
        KubernetesClient client = new KubernetesClientBuilder().build();
        String namespace = prefix + "-" + UUID.randomUUID().toString().substring(0, 6);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        return new TestCluster(client, namespace);
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    /** A client in the name of somebody whom nobody has allowed anything. */
    public KubernetesClient nobody() {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername("system:serviceaccount:" + namespace + ":default")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Waits until {@code holds}; fails after a bound that a slow machine does not reach. */
    public static void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AT_MOST_SECONDS);
        boolean held = holds.getAsBoolean();
        while (!held && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            held = holds.getAsBoolean();
        }
        assertThat(held).as(what).isTrue();
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
