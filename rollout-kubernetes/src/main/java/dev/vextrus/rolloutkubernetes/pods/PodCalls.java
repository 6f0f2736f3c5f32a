package dev.vextrus.rolloutkubernetes.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * HTTP calls to single pods. Inside the cluster by the pod's address; where that cannot be reached (a controller on a
 * laptop) through a port forwarded by the API server, which carries every header and asks for no more than the right to
 * {@code pods/portforward}. Which of the two works is tried once.
 */
public final class PodCalls implements AutoCloseable {
    private static final int TRY_MILLIS = 1_000;

    private final KubernetesClient cluster;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<Place, LocalPortForward> forwarded = new ConcurrentHashMap<>();
    private volatile Way way;

    /** How pods are reached. */
    public enum Way {
        /** By their addresses where these answer, else forwarded. */
        TRY,
        DIRECT,
        FORWARDED
    }

    /** An answer; {@code body} is text. */
    public record Reply(int status, String body) {}

    private record Place(String namespace, String pod, int port) {}

    public PodCalls(KubernetesClient cluster, Way way) {
        this.cluster = cluster;
        this.way = way;
    }

    /** @throws IOException where no answer came in time */
    public Reply get(Pod pod, int port, String path, Duration atMost) throws IOException {
        return send(pod, port, "GET", path, Map.of(), null, atMost);
    }

    /** @throws IOException where no answer came in time */
    public Reply post(Pod pod, int port, String path, Duration atMost) throws IOException {
        return send(pod, port, "POST", path, Map.of(), null, atMost);
    }

    /** @throws IOException where no answer came in time */
    public Reply send(
            Pod pod,
            int port,
            String method,
            String path,
            Map<String, String> headers,
            @Nullable String body,
            Duration atMost)
            throws IOException {
        InetSocketAddress at = reach(pod, port);
        String host = at.getAddress().getHostAddress();
        String authority = host.indexOf(':') < 0 ? host : "[" + host + "]";
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + authority + ":" + at.getPort() + path))
                .timeout(atMost)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (IOException broken) {
            forget(pod, port); // the forwarding may be what broke; the next call makes a new one
            throw broken;
        }
    }

    private InetSocketAddress reach(Pod pod, int port) throws IOException {
        String address = PodReading.address(pod)
                .orElseThrow(() -> new IOException("pod " + PodReading.name(pod) + " has no address yet"));
        if (way == Way.TRY) {
            way = answers(address, port) ? Way.DIRECT : Way.FORWARDED;
        }
        return way == Way.DIRECT ? new InetSocketAddress(address, port) : forward(pod, port);
    }

    /** A refused connection came from the pod, so the way there is open. */
    private static boolean answers(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), TRY_MILLIS);
            return true;
        } catch (ConnectException refused) {
            return String.valueOf(refused.getMessage()).contains("refused");
        } catch (IOException unreachable) {
            return false;
        }
    }

    private InetSocketAddress forward(Pod pod, int port) throws IOException {
        try {
            LocalPortForward open = forwarded.compute(place(pod, port), (place, known) -> {
                if (known != null && known.isAlive() && !known.errorOccurred()) {
                    return known;
                }
                close(known);
                return cluster.pods()
                        .inNamespace(place.namespace())
                        .withName(place.pod())
                        .portForward(place.port(), InetAddress.getLoopbackAddress(), 0);
            });
            return new InetSocketAddress(open.getLocalAddress(), open.getLocalPort());
        } catch (KubernetesClientException refused) {
            throw new IOException("port " + port + " of pod " + PodReading.name(pod) + " cannot be forwarded", refused);
        }
    }

    private void forget(Pod pod, int port) {
        close(forwarded.remove(place(pod, port)));
    }

    private static Place place(Pod pod, int port) {
        return new Place(pod.getMetadata().getNamespace(), PodReading.name(pod), port);
    }

    private static void close(@Nullable LocalPortForward forward) {
        if (forward != null) {
            try {
                forward.close();
            } catch (IOException gone) {
                // it was to go anyway
            }
        }
    }

    @Override
    public void close() {
        forwarded.values().forEach(PodCalls::close);
        forwarded.clear();
        http.shutdownNow();
    }
}
