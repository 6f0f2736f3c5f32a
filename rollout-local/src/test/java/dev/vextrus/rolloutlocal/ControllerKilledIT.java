package dev.vextrus.rolloutlocal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller that is killed leaves its releases serving; the next one takes them over, whatever was written down. */
class ControllerKilledIT {
    @TempDir
    Path folder;

    private void deployAndKill() throws Exception {
        Process controller = new ProcessBuilder(
                        TestWorkload.JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.vextrus.rolloutlocal.DoomedController",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("controller.log").toFile())
                .start();
        try {
            TestWorkload.eventually("deployed", () -> Files.exists(folder.resolve("deployed")));
        } finally {
            controller.destroyForcibly();
            assertThat(controller.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void its_releases_serve_on_and_the_next_controller_finds_them_by_pid() throws Exception {
        deployAndKill();
        List<Long> before = Processes.marked(Processes.WORKLOAD, folder.toString());
        assertThat(before).as("release and proxy").hasSize(2);
        try (TestWorkload next = new TestWorkload(folder)) {
            assertThat(next.get("/").body()).isEqualTo("1.0.0");
            next.awaitReady(Color.BLUE, 1);
            assertThat(next.processes()).isEqualTo(before);
            assertThat(next.instances(Color.BLUE)).singleElement().matches(blue -> blue.exits() == 0);
        }
        assertThat(Processes.marked(Processes.WORKLOAD, folder.toString())).isEmpty();
    }

    @Test
    void a_release_whose_pid_was_not_yet_written_down_is_found_by_its_mark() throws Exception {
        deployAndKill();
        StateFile<Workload> file = new StateFile<>(folder.resolve("workload.json"), Workload.class);
        Workload written = Objects.requireNonNull(file.read());
        file.write(written.withInstances(
                written.instances().stream().map(record -> record.running(null)).toList()));
        List<Long> before = Processes.marked(Processes.WORKLOAD, folder.toString());
        try (TestWorkload next = new TestWorkload(folder)) {
            next.awaitReady(Color.BLUE, 1);
            assertThat(next.processes())
                    .as("adopted, not started a second time")
                    .isEqualTo(before);
        }
    }

    @Test
    void what_a_killed_controller_left_is_ended_by_the_clean_up() throws Exception {
        deployAndKill();
        LocalTargetConfiguration.cleanUp(TestWorkload.settings(folder));
        assertThat(Processes.marked(Processes.WORKLOAD, folder.toString())).isEmpty();
    }
}
