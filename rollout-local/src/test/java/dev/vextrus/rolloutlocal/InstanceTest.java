package dev.vextrus.rolloutlocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.observation.Color;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** An instance whose process is this test's own, and whose health the test answers. */
class InstanceTest {
    @Test
    void readiness_counts_from_when_it_was_heard_not_only_from_the_next_look(@TempDir Path folder) throws Exception {
        HttpServer health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        health.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
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
