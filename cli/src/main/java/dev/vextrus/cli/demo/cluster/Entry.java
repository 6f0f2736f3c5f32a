package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.output.Failure;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/**
 * Where the traffic goes in, and who shares it out.
 *
 * @param router as the answer names it
 * @param url of the entry, as pods reach it
 * @param host that is asked for; empty for the URL's own
 * @param perConnection requests over one connection; without a router only a new one can come to another release
 * @param yaml the words of {@code spec.traffic}
 */
public record Entry(String router, String url, String host, int perConnection, String yaml) {
    static final String GATEWAY = "gateway";

    private static final int PER_CONNECTION = 20;

    /** @throws Failure if a gateway is asked for and there is none */
    static Entry find(KubernetesClient client, String namespace, String workload, TrialOptions.Router wanted) {
        Optional<Gateway> gateway = wanted == TrialOptions.Router.REPLICA_RATIO
                ? Optional.empty()
                : gateways(client).stream().filter(Entry::open).findFirst();
        if (gateway.isPresent()) {
            return through(gateway.get(), namespace);
        }
        if (wanted == TrialOptions.Router.GATEWAY) {
            throw Failure.unavailable(
                    "NO_GATEWAY",
                    "--router gateway: the cluster has no Gateway with an address that takes HTTP routes of every"
                            + " namespace",
                    "install one, or use --router replica-ratio");
        }
        return new Entry(
                "replica-ratio",
                "http://" + workload + "." + namespace + "/",
                "",
                PER_CONNECTION,
                "{replicaRatio: {}}");
    }

    private static List<Gateway> gateways(KubernetesClient client) {
        try {
            return client.resources(Gateway.class).inAnyNamespace().list().getItems();
        } catch (KubernetesClientException noSuchType) {
            return List.of();
        }
    }

    private static boolean open(Gateway gateway) {
        return gateway.getStatus() != null
                && !gateway.getStatus().getAddresses().isEmpty()
                && listener(gateway).isPresent();
    }

    private static Optional<Listener> listener(Gateway gateway) {
        return gateway.getSpec().getListeners().stream()
                .filter(listener -> "HTTP".equals(listener.getProtocol())
                        && listener.getHostname() == null
                        && listener.getAllowedRoutes() != null
                        && listener.getAllowedRoutes().getNamespaces() != null
                        && "All"
                                .equals(listener.getAllowedRoutes()
                                        .getNamespaces()
                                        .getFrom()))
                .findFirst();
    }

    private static Entry through(Gateway gateway, String namespace) {
        String address = gateway.getStatus().getAddresses().getFirst().getValue();
        int port = listener(gateway).orElseThrow().getPort();
        String host = namespace + ".test";
        return new Entry(
                GATEWAY,
                "http://" + address + ":" + port + "/",
                host,
                0,
                "{gateway: {gateway: " + gateway.getMetadata().getName() + ", gatewayNamespace: "
                        + gateway.getMetadata().getNamespace() + ", hostnames: [" + host + "]}}");
    }
}
