package dev.vextrus.e2e;

import dev.vextrus.e2e.cluster.Kubectl;
import dev.vextrus.e2e.cluster.ProductImages;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operator in the cluster, by deploy/operator/operator.yaml. Two things differ from what people apply: it watches the
 * test's namespace alone, so that it leaves others' rollouts be, and what it would own of the whole cluster has another
 * name.
 */
final class InstalledOperator implements AutoCloseable {
    private static final String LEASE = "vextrus-operator";
    private static final int TOLD_LINES = 60;

    private final TestCluster cluster;
    private final Path folder;

    private InstalledOperator(TestCluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
    }

    static InstalledOperator in(TestCluster cluster, Path folder) throws IOException, InterruptedException {
        String image = ProductImages.loaded("operator").getFirst();
        Files.copy(FrontDoor.repository().resolve("deploy/operator/operator.yaml"), folder.resolve("operator.yaml"));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %1$s
                nameSuffix: -%1$s
                resources: [operator.yaml]
                images:
                  - {name: vextrus/operator, newTag: %2$s}
                patches:
                  - patch: |-
                      $patch: delete
                      apiVersion: v1
                      kind: Namespace
                      metadata: {name: vextrus-system}
                  - target: {kind: Deployment}
                    patch: |-
                      - {op: add, path: /spec/template/spec/containers/0/args/-, value: --namespace=%1$s}
                """.formatted(
                        cluster.namespace(), image.substring(image.indexOf(':') + 1)));
        Kubectl.ask("apply", "-k", folder.toString());
        InstalledOperator installed = new InstalledOperator(cluster, folder);
        Kubectl.ask("rollout", "status", "deployment/" + installed.name(), "-n", cluster.namespace(), "--timeout=240s");
        installed.awaitLeader();
        return installed;
    }

    /** Of its Deployment, ServiceAccount and ClusterRole. */
    String name() {
        return LEASE + "-" + cluster.namespace();
    }

    /** As the API server knows it. */
    String account() {
        return "system:serviceaccount:" + cluster.namespace() + ":" + name();
    }

    List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("app.kubernetes.io/name", LEASE)
                .list()
                .getItems();
    }

    Resource<Lease> lease() {
        return cluster.client().leases().inNamespace(cluster.namespace()).withName(LEASE);
    }

    /** The name of the pod that leads, once one does. */
    String awaitLeader() {
        AtomicReference<@Nullable String> leader = new AtomicReference<>();
        TestCluster.await("one of the operators leads", () -> {
            leader.set(leader());
            return leader.get() != null;
        });
        return Objects.requireNonNull(leader.get());
    }

    /** The name of the pod that leads, as the lease says; null where none does. */
    @Nullable
    String leader() {
        Lease lease = lease().get();
        String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
        return pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .filter(name -> name.equals(holder))
                .findFirst()
                .orElse(null);
    }

    /** Without a word to the process: the pod is gone from the API, and killed on its node. Returns which it was. */
    String killLeader() {
        String leader = awaitLeader();
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(leader)
                .withGracePeriod(0)
                .delete();
        return leader;
    }

    /** The last lines of what each said, for a test that failed. */
    String told() {
        return pods().stream()
                .map(pod -> pod.getMetadata().getName() + ", restarted "
                        + pod.getStatus().getContainerStatuses().stream()
                                .mapToInt(status -> status.getRestartCount())
                                .sum()
                        + " times, said:\n" + log(pod))
                .collect(Collectors.joining("\n"));
    }

    private String log(Pod pod) {
        try {
            return cluster.client()
                    .pods()
                    .resource(pod)
                    .tailingLines(TOLD_LINES)
                    .getLog();
        } catch (KubernetesClientException gone) {
            return "nothing that can still be read: " + gone.getMessage();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Kubectl.ask("delete", "-k", folder.toString(), "--ignore-not-found", "--wait=false");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the operator was not taken away", interrupted);
        }
    }
}
