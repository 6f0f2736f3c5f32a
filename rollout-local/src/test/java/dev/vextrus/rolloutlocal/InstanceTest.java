package dev.vextrus.rolloutlocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** An instance whose process is this test's own, and whose health the test answers. */
class InstanceTest {
    @Test
    void readiness_counts_from_when_it_was_heard_not_only_from_the_next_look(@TempDir Path folder) throws Exception {
        HttpServer health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        health.createContext("/health/ready", exchange -> answer(exchange, 200));
        health.start();
        int port = health.getAddress().getPort();
        try (HttpCalls calls = new HttpCalls()) {
            InstanceRecord record = InstanceRecord.ordered(
                            "blue-1", Color.BLUE, TestWorkload.release("1.0.0", "good"), port, port, 0)
                    .running(Processes.identify(ProcessHandle.current().pid()));
            Instance instance = new Instance(record, TestWorkload.settings(folder), calls, new FreePorts(1));
            instance.tick(1, 0);
            TestWorkload.eventually("its readiness was heard", instance::ready);

            assertThat(instance.record().everReady()).isFalse();
            assertThat(instance.everReady()).isTrue();
            assertThat(instance.view().everReady()).isTrue();
        } finally {
            health.stop(0);
        }
    }

    @Test
    void a_process_that_runs_and_is_not_alive_is_started_again(@TempDir Path folder) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        health.createContext("/health/ready", exchange -> answer(exchange, 200));
        health.createContext("/health/live", exchange -> answer(exchange, asked.incrementAndGet() < 3 ? 200 : 503));
        health.start();
        int port = health.getAddress().getPort();
        Process hung = new ProcessBuilder("sleep", "600").start();
        try (HttpCalls calls = new HttpCalls()) {
            InstanceRecord record = InstanceRecord.ordered("blue-1", Color.BLUE, hangs(), port, port, 0)
                    .running(Processes.identify(hung.pid()));
            Instance instance = new Instance(record, TestWorkload.settings(folder), calls, new FreePorts(1));
            AtomicLong now = new AtomicLong();

            TestWorkload.eventually("it has ended", () -> {
                instance.tick(now.addAndGet(Liveness.EVERY_NANOS), 0);
                return instance.record().life().exits() == 1;
            });

            assertThat(asked).hasPositiveValue();
            assertThat(instance.record().life().lastExit()).startsWith("not alive (/health/live): ended");
            assertThat(hung.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            health.stop(0);
            hung.destroyForcibly();
        }
    }

    private static ReleaseSpec hangs() {
        RunSpec.Program program = new RunSpec.Program(
                List.of("sleep", "600"),
                Map.of(),
                "/",
                "/health/ready",
                RunSpec.HealthPort.PUBLIC,
                "/health/live",
                null);
        return new ReleaseSpec("tiny", "1.0.0", program, 300, Duration.ofSeconds(30));
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Test
    void what_an_earlier_version_wrote_down_is_found_again() {
        InstanceRecord record = InstanceRecord.ordered(
                        "blue-1", Color.BLUE, TestWorkload.release("1.0.0", "good"), 7001, 7002, 5)
                .starting()
                .running(Processes.identify(ProcessHandle.current().pid()))
                .wasReady();
        ObjectNode written = RolloutJson.mapper().valueToTree(record);

        assertThat(written.propertyNames())
                .contains("id", "port", "stopping", "starts", "exits", "process", "everReady")
                .doesNotContain("life");
        assertThat(RolloutJson.mapper().treeToValue(written, InstanceRecord.class))
                .isEqualTo(record);
    }
}
