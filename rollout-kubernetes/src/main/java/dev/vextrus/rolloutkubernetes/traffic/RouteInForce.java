package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until a route that was written is followed. By requests through the gateway, for a path that only this version of
 * the route knows; where the gateway's address cannot be reached from here, by the status that its controller gives.
 */
final class RouteInForce {
    private static final int LOOKS = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int CONNECT_MILLIS = 1_000;

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final RouterChoice.Gateway choice;

    RouteInForce(KubernetesClient cluster, ClusterWorkloadSettings settings, RouterChoice.Gateway choice) {
        this.cluster = cluster;
        this.settings = settings;
        this.choice = choice;
    }

    /** @throws TargetUnavailable if it is not seen in force within some ten seconds */
    void await(HTTPRoute written, String mark) {
        Optional<InetSocketAddress> address = address(written).filter(RouteInForce::reachable);
        String host = written.getSpec().getHostnames().isEmpty()
                ? "localhost"
                : written.getSpec().getHostnames().getFirst().replace("*", "any");
        for (int look = 0; look < LOOKS; look++) {
            boolean followed = address.isPresent() ? answers(address.get(), host, mark) : accepted(written);
            if (followed) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new TargetUnavailable(
                "route " + choice.route() + " was written, and the gateway does not follow it"
                        + (address.isPresent() ? "" : " by its status; its address cannot be reached from here"),
                null);
    }

    private Optional<InetSocketAddress> address(HTTPRoute route) {
        ParentReference parent = route.getSpec().getParentRefs().getFirst();
        Gateway gateway = cluster.resources(Gateway.class)
                .inNamespace(parent.getNamespace() == null ? settings.namespace() : parent.getNamespace())
                .withName(parent.getName())
                .get();
        if (gateway == null
                || gateway.getStatus() == null
                || gateway.getStatus().getAddresses().isEmpty()) {
            return Optional.empty();
        }
        String host = gateway.getStatus().getAddresses().getFirst().getValue();
        return gateway.getSpec().getListeners().stream()
                .filter(listener -> "HTTP".equals(listener.getProtocol()))
                .findFirst()
                .map(listener -> new InetSocketAddress(host, listener.getPort()));
    }

    private static boolean reachable(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    /** A plain request on a connection of its own: the Host header is the route's, whatever the address is called. */
    private static boolean answers(InetSocketAddress address, String host, String mark) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            String request = "GET " + mark + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String status = reader.readLine();
            return status != null && status.contains(" 302");
        } catch (IOException silence) {
            return false;
        }
    }

    private boolean accepted(HTTPRoute written) {
        HTTPRoute now = cluster.resources(HTTPRoute.class)
                .inNamespace(settings.namespace())
                .withName(choice.route())
                .get();
        Long generation = written.getMetadata().getGeneration();
        return now != null
                && generation != null
                && now.getStatus() != null
                && now.getStatus().getParents().stream()
                        .flatMap(parent -> parent.getConditions().stream())
                        .anyMatch(condition -> "Accepted".equals(condition.getType())
                                && "True".equals(condition.getStatus())
                                && condition.getObservedGeneration() != null
                                && condition.getObservedGeneration() >= generation);
    }
}
