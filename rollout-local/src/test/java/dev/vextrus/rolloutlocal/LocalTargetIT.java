package dev.vextrus.rolloutlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.ReleaseProbe;
import dev.vextrus.rollout.port.StaleEpoch;
import dev.vextrus.rollout.port.TargetUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local target with real processes and the real proxy. */
class LocalTargetIT {
    @TempDir
    Path folder;

    private TestWorkload test;

    @BeforeEach
    void open() {
        test = new TestWorkload(folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        test.close();
        assertThat(test.processes()).as("no process outlives the clean-up").isEmpty();
    }

    @Test
    void a_release_starts_takes_traffic_by_weight_and_is_stopped_without_a_failed_request() throws Exception {
        test.deployStable();
        assertThat(test.get("/").body()).isEqualTo("1.0.0");
        test.workload.target().deploy(Color.GREEN, TestWorkload.release("1.1.0", "good"), 1);
        test.awaitReady(Color.GREEN, 1);
        try (Traffic traffic = new Traffic(test)) {
            for (int shift = 0; shift < 5; shift++) {
                test.workload.target().route(TestWorkload.routing(2 + 2 * shift, Color.GREEN, 0.5));
                test.workload.target().route(TestWorkload.routing(3 + 2 * shift, Color.GREEN, 1));
                assertThat(test.get("/").body()).isEqualTo("1.1.0");
            }
            test.workload.target().route(TestWorkload.routing(50, Color.GREEN, 0));
            Instant last = test.totals(Color.GREEN).last();
            test.workload.target().drain(Color.GREEN);
            test.workload.target().stop(Color.GREEN);
            TestWorkload.eventually(
                    "only stable and the proxy are left", () -> test.processes().size() == 2);
            assertThat(test.totals(Color.GREEN).last())
                    .as("no request after the weight was zero")
                    .isEqualTo(last);
            traffic.end();
            assertThat(traffic.failed).hasValue(0);
            assertThat(traffic.answered.get()).isPositive();
            assertThat(test.totals(Color.BLUE).dropped()).isZero();
        }
    }

    @Test
    void an_instance_that_is_asked_to_end_answers_first_what_it_has() throws Exception {
        test.deployStable();
        test.workload.target().deploy(Color.GREEN, TestWorkload.release("1.1.0", "good"), 1);
        test.awaitReady(Color.GREEN, 1);
        test.workload.target().route(TestWorkload.routing(2, Color.GREEN, 1));
        AtomicInteger slow = new AtomicInteger();
        Thread client = Thread.ofPlatform().start(() -> {
            try {
                slow.set(test.get("/slow").statusCode());
            } catch (IOException dropped) {
                slow.set(-1);
            }
        });
        TestWorkload.eventually(
                "it is in flight",
                () -> test.workload.target().observe().inFlight().getOrDefault(Color.GREEN, 0) == 1);
        test.workload.target().route(TestWorkload.routing(3, Color.GREEN, 0));
        test.workload.target().stop(Color.GREEN);
        client.join(10_000);
        assertThat(slow).hasValue(200);
    }

    @Test
    void a_release_that_dies_at_start_is_started_again_with_a_pause_and_tells_why() {
        test.deployStable();
        test.workload.target().deploy(Color.GREEN, TestWorkload.release("1.1.0", "dies-at-start"), 1);
        TestWorkload.eventually(
                "three exits", () -> test.instances(Color.GREEN).getFirst().exits() >= 3);
        InstanceView green = test.instances(Color.GREEN).getFirst();
        assertThat(green.everReady()).isFalse();
        assertThat(green.lastExit()).contains("code 7").contains("cannot find its configuration");
        List<String> evidence = test.workload.target().collectEvidence(Color.GREEN);
        assertThat(evidence)
                .anyMatch(name -> name.endsWith("green-1.log"))
                .allMatch(name -> Files.exists(Path.of(name)));
    }

    @Test
    void a_release_that_is_never_ready_is_seen_running_and_not_ready() {
        test.workload.target().deploy(Color.GREEN, TestWorkload.release("1.1.0", "never-ready"), 1);
        TestWorkload.eventually(
                "it answers its management port",
                () -> test.workload.probe().release(Color.GREEN) instanceof Answer.Offered);
        InstanceView green = test.instances(Color.GREEN).getFirst();
        assertThat(green.ready()).isFalse();
        assertThat(green.everReady()).isFalse();
        assertThat(green.exits()).isZero();
    }

    @Test
    void a_release_that_dies_under_traffic_costs_its_own_colour_and_comes_back() throws Exception {
        test.deployStable();
        test.workload.target().deploy(Color.GREEN, TestWorkload.release("1.1.0", "good"), 1);
        test.awaitReady(Color.GREEN, 1);
        test.workload.target().route(TestWorkload.routing(2, Color.GREEN, 1));
        assertThat(test.get("/die").statusCode()).isEqualTo(502);
        TestWorkload.eventually(
                "it was started again",
                () -> test.instances(Color.GREEN).getFirst().exits() == 1);
        test.awaitReady(Color.GREEN, 1);
        TestWorkload.eventually("it answers again", () -> {
            try {
                return test.get("/").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
        assertThat(test.instances(Color.GREEN).getFirst().lastExit()).contains("code 9");
        assertThat(test.totals(Color.GREEN).failed()).isPositive();
    }

    @Test
    void a_release_that_ignores_the_request_to_end_is_killed() {
        test.workload.target().deploy(Color.GREEN, TestWorkload.release("1.1.0", "ignores-term"), 1);
        test.awaitReady(Color.GREEN, 1);
        test.workload.target().stop(Color.GREEN);
        TestWorkload.eventually("only the proxy is left", () -> test.processes().size() == 1);
    }

    @Test
    void more_and_fewer_replicas_come_and_go_and_repeating_an_order_changes_nothing() throws Exception {
        test.deployStable();
        var release = TestWorkload.release("1.0.0", "good");
        test.workload.target().deploy(Color.BLUE, release, 2);
        test.awaitReady(Color.BLUE, 2);
        List<String> two =
                test.instances(Color.BLUE).stream().map(InstanceView::id).toList();
        test.workload.target().deploy(Color.BLUE, release, 2);
        assertThat(test.instances(Color.BLUE)).extracting(InstanceView::id).isEqualTo(two);
        test.workload.target().deploy(Color.BLUE, release, 1);
        assertThat(test.instances(Color.BLUE)).extracting(InstanceView::id).containsExactly(two.getFirst());
        for (int i = 0; i < 200; i++) {
            assertThat(test.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void another_release_never_takes_the_place_of_all_that_serves() throws Exception {
        test.deployStable();
        List<String> before =
                test.instances(Color.BLUE).stream().map(InstanceView::id).toList();

        assertThatThrownBy(() -> test.workload.target().deploy(Color.BLUE, TestWorkload.release("9.9.9", "good"), 2))
                .isInstanceOf(TargetUnavailable.class)
                .hasMessageContaining("blue serves 1.0.0")
                .hasMessageContaining("9.9.9");

        assertThat(test.instances(Color.BLUE)).extracting(InstanceView::id).isEqualTo(before);
        assertThat(test.workload.target().observe().ordered().get(Color.BLUE))
                .isEqualTo(TestWorkload.release("1.0.0", "good"));
        assertThat(test.get("/").body()).isEqualTo("1.0.0");
    }

    @Test
    void the_same_release_measured_otherwise_goes_on_in_the_same_process() throws Exception {
        test.deployStable();
        List<Long> before = test.processes();
        ReleaseSpec same = TestWorkload.release("1.0.0", "good");
        ReleaseSpec slower = new ReleaseSpec(
                same.name(),
                same.version(),
                same.run(),
                9_000,
                same.readyWithin().plusSeconds(60));

        test.workload.target().deploy(Color.BLUE, slower, 1);

        assertThat(test.workload.target().observe().ordered().get(Color.BLUE)).isEqualTo(slower);
        assertThat(test.processes()).isEqualTo(before);
        assertThat(test.get("/").body()).isEqualTo("1.0.0");
    }

    @Test
    void an_older_epoch_is_told_that_another_controller_took_over() {
        test.deployStable();
        test.workload.target().route(TestWorkload.routing(9, null, 0));
        assertThatThrownBy(() -> test.workload.target().route(TestWorkload.routing(8, null, 0)))
                .isInstanceOf(StaleEpoch.class);
    }

    @Test
    void a_second_controller_on_the_same_folder_is_refused() {
        assertThatThrownBy(() -> LocalTargetConfiguration.open(test.settings))
                .isInstanceOf(FolderInUse.class)
                .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        assertThatThrownBy(() -> LocalTargetConfiguration.cleanUp(test.settings))
                .isInstanceOf(FolderInUse.class);
    }

    @Test
    void the_next_controller_finds_everything_running_under_the_same_pids() throws Exception {
        test.deployStable();
        List<Long> before = test.processes();
        test.workload.close();
        assertThat(test.get("/").body())
                .as("traffic flows without a controller")
                .isEqualTo("1.0.0");
        test.workload = LocalTargetConfiguration.open(test.settings);
        test.awaitReady(Color.BLUE, 1);
        assertThat(test.processes()).isEqualTo(before);
        assertThat(test.instances(Color.BLUE).getFirst().exits()).isZero();
        assertThat(test.workload.target().observe().routing()).isEqualTo(TestWorkload.routing(1, null, 0));
    }

    @Test
    void a_proxy_that_is_killed_comes_back_on_its_port_with_its_routing() throws Exception {
        test.deployStable();
        int port = test.workload.proxyPort();
        long proxy = Processes.marked(Processes.INSTANCE, test.settings.folder() + "/proxy#1")
                .getFirst();
        ProcessHandle.of(proxy).orElseThrow().destroyForcibly();
        TestWorkload.eventually("it answers again", () -> {
            try {
                return test.get("/").body().equals("1.0.0");
            } catch (IOException notYet) {
                return false;
            }
        });
        assertThat(test.workload.proxyPort()).isEqualTo(port);
        assertThat(test.workload.target().observe().routing()).isEqualTo(TestWorkload.routing(1, null, 0));
    }

    @Test
    void what_a_release_offers_does_not_offer_or_garbles_is_told_apart() {
        test.deployStable();
        ReleaseProbe probe = test.workload.probe();
        assertThat(probe.release(Color.BLUE))
                .isInstanceOfSatisfying(
                        Answer.Offered.class,
                        offered -> assertThat(offered.value().toString()).contains("1.0.0", "A@1"));
        assertThat(probe.parity(Color.BLUE, 0, 10)).isInstanceOf(Answer.NotOffered.class);
        assertThat(probe.integrity(Color.BLUE)).isInstanceOf(Answer.Unavailable.class);
        assertThat(probe.readModel(Color.BLUE)).isInstanceOf(Answer.Unavailable.class);
        assertThat(probe.release(Color.GREEN)).isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void the_counts_reach_the_engine_by_tenant_and_by_track() throws Exception {
        test.deployStable();
        for (int i = 0; i < 20; i++) {
            test.get("/");
        }
        AtomicInteger seen = new AtomicInteger();
        TestWorkload.eventually("twenty requests", () -> {
            var batch = test.workload.metrics().after(0);
            seen.set(batch.tracks().stream()
                    .mapToInt(track -> (int) track.keys())
                    .sum());
            return seen.get() == 20;
        });
        assertThat(test.totals(Color.BLUE).requests()).isEqualTo(20);
    }

    @Test
    void nobody_kills_a_process_that_only_got_the_pid() throws IOException, InterruptedException {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            ProcessIdentity real = Objects.requireNonNull(Processes.identify(other.pid()));
            ProcessIdentity recycled = new ProcessIdentity(other.pid(), real.startTicks() - 100, real.bootId());
            assertThat(Processes.runs(real)).isTrue();
            assertThat(Processes.runs(recycled)).isFalse();
            Processes.terminate(recycled);
            assertThat(other.isAlive()).isTrue();
            Processes.terminate(real);
            assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
