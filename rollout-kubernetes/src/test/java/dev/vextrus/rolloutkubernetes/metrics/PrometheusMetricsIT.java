package dev.vextrus.rolloutkubernetes.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrafficBatch;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a Prometheus server that scrapes a process of this test. */
class PrometheusMetricsIT {
    @TempDir
    Path folder;

    private final AtomicLong good = new AtomicLong();
    private final AtomicLong bad = new AtomicLong();
    private @Nullable HttpServer scraped;
    private @Nullable Process prometheus;
    private @Nullable PrometheusMetrics metrics;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/prometheus")),
                "SKIPPED: there is no prometheus on this machine, so nothing was proven here");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] text = text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        scraped = server;
        int port = freePort();
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                scrape_configs:
                  - job_name: shop
                    scrape_interval: 1s
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(server.getAddress().getPort()));
        prometheus = new ProcessBuilder(
                        "/usr/bin/prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        metrics = new PrometheusMetrics(
                new MetricsChoice.FromPrometheus(URI.create("http://127.0.0.1:" + port), "job=\"shop\""),
                color -> 300,
                InstantSource.system());
    }

    private String text() {
        long all = good.get() + bad.get();
        return """
                http_requests_total{color="green",version="1.1.0",code="200"} %d
                http_requests_total{color="green",version="1.1.0",code="500"} %d
                http_request_duration_seconds_bucket{color="green",version="1.1.0",le="0.3"} %d
                http_request_duration_seconds_bucket{color="green",version="1.1.0",le="+Inf"} %d
                """.formatted(good.get(), bad.get(), all - bad.get(), all);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        if (prometheus != null) {
            prometheus.destroyForcibly().onExit().join();
        }
        if (scraped != null) {
            scraped.stop(0);
        }
        if (metrics != null) {
            metrics.close();
        }
    }

    @Test
    void each_growth_is_told_once_and_a_server_that_is_gone_is_no_zero() {
        PrometheusMetrics counts = Objects.requireNonNull(metrics);
        TestCluster.await("Prometheus has samples", () -> answers(counts, new AtomicLong()));
        long cursor = counts.after(0).next();
        good.addAndGet(17);
        bad.addAndGet(3);

        List<TrackWindow> told = new ArrayList<>();
        AtomicLong next = new AtomicLong(cursor);
        TestCluster.await("the growth is told", () -> take(counts, next, told));
        good.addAndGet(5);
        TestCluster.await("and what came later", () -> take(counts, next, told) && keys(told) >= 25);

        assertThat(told).allSatisfy(window -> assertThat(window.color()).isEqualTo(Color.GREEN));
        assertThat(keys(told)).isEqualTo(25);
        assertThat(told.stream().mapToLong(TrackWindow::faults).sum()).isEqualTo(3);
        assertThat(told.stream().mapToLong(TrackWindow::slow).sum()).isEqualTo(3);

        Objects.requireNonNull(prometheus).destroyForcibly().onExit().join();
        TestCluster.await("its silence is told", () -> !answers(counts, next));
    }

    private static boolean answers(PrometheusMetrics counts, AtomicLong next) {
        try {
            next.set(counts.after(next.get()).next());
            return true;
        } catch (MetricsUnavailable silence) {
            return false;
        }
    }

    private static boolean take(PrometheusMetrics counts, AtomicLong next, List<TrackWindow> told) {
        TrafficBatch batch = counts.after(next.get());
        next.set(batch.next());
        told.addAll(batch.tracks());
        return keys(told) >= 20;
    }

    private static long keys(List<TrackWindow> windows) {
        return windows.stream().mapToLong(TrackWindow::keys).sum();
    }
}
