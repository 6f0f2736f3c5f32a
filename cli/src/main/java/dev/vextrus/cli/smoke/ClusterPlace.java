package dev.vextrus.cli.smoke;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.Cleanup;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.net.URI;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finance in a cluster: one of its pods, reached by port-forwarding, with the token secret of its namespace. */
final class ClusterPlace {
    private static final String NAME = "app.kubernetes.io/name";
    private static final int PUBLIC_PORT = 3014;
    private static final int MANAGEMENT_PORT = 9090;

    private ClusterPlace() {}

    /** Forwards ports until {@code cleanup}; the cluster is the one that KUBECONFIG names. */
    static Place find(String namespace, Cleanup cleanup) {
        KubernetesClient client = cleanup.add(new KubernetesClientBuilder().build());
        try {
            Pod pod = readyPod(client, namespace);
            var forwarded = client.pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName());
            int port = cleanup.add(forwarded.portForward(PUBLIC_PORT)).getLocalPort();
            int management = cleanup.add(forwarded.portForward(MANAGEMENT_PORT)).getLocalPort();
            return new Place(at(port), Optional.of(at(management)), jwtSecret(client, namespace), true);
        } catch (KubernetesClientException failed) {
            throw Failure.unavailable(
                    "CLUSTER_UNREACHABLE",
                    "the cluster does not give what is asked: " + failed.getMessage(),
                    "check KUBECONFIG and your rights in the namespace " + namespace,
                    failed);
        }
    }

    private static Pod readyPod(KubernetesClient client, String namespace) {
        List<Pod> pods = client.pods()
                .inNamespace(namespace)
                .withLabel(NAME, "finance")
                .list()
                .getItems();
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod))
                .min(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .orElseThrow(() -> Failure.unavailable(
                        "NO_READY_POD",
                        "of " + pods.size() + " finance pods in the namespace " + namespace + " none is ready",
                        "see 'kubectl get pods -n " + namespace + "', or name another --namespace"));
    }

    private static Optional<byte[]> jwtSecret(KubernetesClient client, String namespace) {
        Secret secret =
                client.secrets().inNamespace(namespace).withName("finance-jwt").get();
        return Optional.ofNullable(secret)
                .map(found -> found.getData().get("secret"))
                .map(encoded -> Base64.getDecoder().decode(encoded));
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
