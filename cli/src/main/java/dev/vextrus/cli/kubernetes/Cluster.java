package dev.vextrus.cli.kubernetes;

import dev.vextrus.cli.output.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** The cluster that {@code KUBECONFIG}, or the pod's ServiceAccount, names. */
public final class Cluster {
    private static final String DEFINITION = "phasedrollouts.vextrus.dev";

    private Cluster() {}

    /** @throws Failure if no cluster answers */
    public static KubernetesClient open() {
        KubernetesClient client = new KubernetesClientBuilder().build();
        try {
            client.getKubernetesVersion();
            return client;
        } catch (KubernetesClientException e) {
            client.close();
            throw Failure.unavailable(
                    "CLUSTER_UNREACHABLE",
                    "no cluster answers at " + client.getMasterUrl(),
                    "set KUBECONFIG to the file of a cluster that runs",
                    e);
        }
    }

    /** What a call that the API server refused means to people. */
    public static Failure failure(KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
                Failure.unavailable(
                        "CLUSTER_FORBIDS", String.valueOf(e.getMessage()), "ask for the permission that it names", e);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                Failure.unavailable(
                        "DEFINITION_MISSING",
                        "the cluster does not know " + DEFINITION,
                        "kubectl apply -f deploy/operator/crd.yaml",
                        e);
            default ->
                Failure.unavailable(
                        "CLUSTER_FAILED", String.valueOf(e.getMessage()), "look at the cluster, and try again", e);
        };
    }
}
