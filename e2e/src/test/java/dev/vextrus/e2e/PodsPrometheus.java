package dev.vextrus.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A Prometheus server of this machine that scrapes the workload's pods. Debian's is built without discovery in a cluster,
 * so the test tells it the pods, and hands on each scrape to whichever cluster this is.
 */
final class PodsPrometheus implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
    private static final Duration A_SCRAPE = Duration.ofSeconds(10);
    private static final int LOWEST_PORT = 24_100;
    private static final int FIRST_OUTGOING_PORT = 32_768;

    private final Till till;
    private final Path folder;
    private final PodCalls calls;
    private final HttpServer between;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int port = portThatStays();
    private @Nullable Process process;

    private PodsPrometheus(Till till, Path folder) throws IOException {
        this.till = till;
        this.folder = folder;
        this.calls = new PodCalls(till.client(), PodCalls.Way.TRY);
        this.between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** Skips the test, and says so, where there is no such program. */
    static PodsPrometheus started(Till till, Path folder) throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM),
                "SKIPPED: there is no prometheus on this machine, so nothing was proven here");
        PodsPrometheus server = new PodsPrometheus(till, Files.createTempDirectory(folder, "prometheus"));
        server.between.setExecutor(server.threads);
        server.between.createContext("/targets", exchange -> answer(exchange, "application/json", server.targets()));
        server.between.createContext(
                "/pods/", exchange -> answer(exchange, "text/plain; version=0.0.4", server.scrape(exchange)));
        server.between.start();
        server.start();
        server.awaitSamples();
        return server;
    }

    /**
     * A free one below those that systems give to outgoing connections: killed, the server must find it free again, and
     * meanwhile nobody else may answer there.
     */
    private static int portThatStays() {
        return IntStream.range(LOWEST_PORT, FIRST_OUTGOING_PORT)
                .filter(PodsPrometheus::free)
                .findFirst()
                .orElseThrow();
    }

    private static boolean free(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    void start() throws IOException {
        String here = "127.0.0.1:" + between.getAddress().getPort();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                scrape_configs:
                  - job_name: pods
                    scrape_interval: 3s
                    http_sd_configs: [{url: 'http://%s/targets', refresh_interval: 1s}]
                """.formatted(here));
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("prometheus.log").toFile()))
                .start();
    }

    /** It answers, and knows this workload. */
    void awaitSamples() {
        TestCluster.await("Prometheus has samples of the pods", this::hasSamples);
    }

    private boolean hasSamples() {
        URI query = URI.create(address() + "/api/v1/query?query=http_requests_total");
        try (InputStream answer = query.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains(till.namespace());
        } catch (IOException silent) {
            return false;
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    void killOutright() {
        if (process != null) {
            process.destroyForcibly().onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
    }

    private String targets() {
        String here = "127.0.0.1:" + between.getAddress().getPort();
        return till.pods().stream()
                .map(pod -> "{\"targets\":[\"" + here + "\"],\"labels\":{\"__metrics_path__\":\"/pods/" + name(pod)
                        + "\",\"instance\":\"" + name(pod) + "\",\"namespace\":\"" + till.namespace() + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String scrape(HttpExchange exchange) throws IOException {
        for (Pod pod : till.pods()) {
            if (exchange.getRequestURI().getPath().equals("/pods/" + name(pod))) {
                return calls.get(pod, 9090, "/metrics", A_SCRAPE).body();
            }
        }
        throw new IOException("there is no pod any more at " + exchange.getRequestURI());
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        killOutright();
        between.stop(0);
        threads.close();
        calls.close();
    }
}
