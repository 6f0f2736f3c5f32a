package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.rollout.engine.Stage.HoldCause;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of what a rollout stands on while one runs: images, pods, metrics and the journal. */
@BesideOthers
class OutagesIT {
    @TempDir
    private static Path folder;

    private static @Nullable Scene open;

    @BeforeAll
    static void open() throws Exception {
        open = Scene.open("outages", folder);
    }

    @AfterAll
    static void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void a_release_whose_image_cannot_be_pulled_goes_back() throws Exception {
        Scene.Before before = scene().settled();

        scene().apply(scene().next().ofImage("local/never-made:1").saying("readyWithin: 10s"));

        neverReady(before, "cannot start: ");
    }

    @Test
    void a_release_that_never_gets_ready_goes_back() throws Exception {
        Scene.Before before = scene().settled();

        scene().apply(scene().next().with("NEVER_READY", "yes").saying("readyWithin: 10s"));

        neverReady(before, "was not ready within");
    }

    private static void neverReady(Scene.Before before, String why) throws Exception {
        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isIn("ROLLED_BACK", "REFUSED");
        assertThat(after.reason()).isEqualTo("NEVER_READY");
        assertThat(after.message()).contains(why);
        scene().backAsBefore(before);
        assertThat(scene().load().counts().of(before.canary())).isZero();
        scene().noneFailed();
    }

    @Test
    void an_outage_of_both_releases_holds_the_rollout_which_goes_on_when_it_is_over() throws Exception {
        Order order = scene().next().inTwoPhases().forgettingSoon().bakingFor("15s");
        Scene.Before before = scene().baking(order);

        // Never the canary alone, however long it takes to tell all of them.
        onEveryPod("/test/fail?percent=60", before.status().stableColor(), before.canary());
        scene().await("the rollout holds", s -> s.phase().startsWith("Holding"));
        long failed = scene().load().counts().failed();
        TestCluster.await(
                "the outage lasts for 20 s and more",
                () -> scene().load().counts().failed() > failed + 600);
        onEveryPod("/test/fail?percent=0", before.canary(), before.status().stableColor());

        promoted(before, order);
        assertThat(Recorded.of(scene().till(), before.status().rollout()).stages())
                .contains(StageKind.HOLDING)
                .doesNotContain(StageKind.ROLLING_BACK);
    }

    @Test
    void without_metrics_nothing_rises_and_nothing_goes_back() throws Exception {
        Order order = scene().next().inTwoPhases().holdingSoon().bakingFor("15s");
        Scene.Before before = scene().baking(order);

        onEveryPod("/test/metrics?status=503", before.canary(), before.status().stableColor());
        holdsOn();
        onEveryPod("/test/metrics?status=200", before.canary(), before.status().stableColor());

        promoted(before, order);
        assertThat(Recorded.of(scene().till(), before.status().rollout()).stages())
                .doesNotContain(StageKind.ROLLING_BACK);
        scene().noneFailed();
    }

    @Test
    void a_journal_that_is_deleted_in_a_bake_brings_the_stable_release_back_and_the_status_says_why() throws Exception {
        Scene.Before before = scene().baking(scene().next());

        scene().kubectl("delete", "configmaps", "-l", "vextrus.dev/rollout=" + Till.NAME);

        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("ROLLED_BACK");
        assertThat(after.message()).contains("the journal was deleted in the middle of the rollout");
        assertThat(scene().kubectl("get", "events", "-o", "jsonpath={.items[*].reason}"))
                .contains("JournalLost");
        scene().backAsBefore(before);
        scene().noneFailed();

        Order order = scene().next().inOnePhase().bakingFor("5s");
        Scene.Before again = scene().settled();
        scene().apply(order);
        promoted(again, order);
        scene().noneFailed();
    }

    @Test
    void while_prometheus_is_down_nothing_rises_and_nothing_goes_back() throws Exception {
        try (PodsPrometheus prometheus = PodsPrometheus.started(scene().till(), folder)) {
            Order order = scene().next()
                    .inTwoPhases()
                    .holdingSoon()
                    .bakingFor("15s")
                    .saying("metrics: {prometheus: {address: '" + prometheus.address() + "'}}");
            Scene.Before before = scene().baking(order);

            prometheus.killOutright();
            holdsOn();
            prometheus.start();

            promoted(before, order);
            Recorded recorded = Recorded.of(scene().till(), before.status().rollout());
            assertThat(recorded.holds()).contains(HoldCause.METRICS_MISSING);
            assertThat(recorded.stages()).doesNotContain(StageKind.ROLLING_BACK);
            scene().noneFailed();
        }
    }

    private static void promoted(Scene.Before before, Order order) throws Exception {
        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
        assertThat(after.stableVersion()).isEqualTo(order.version());
        scene().till().settled(scene().operator());
    }

    /** For ten seconds and more. */
    private static void holdsOn() throws Exception {
        Till.Status held = scene().await("the rollout holds", s -> s.phase().startsWith("Holding"));
        scene().load().await(scene().load().counts().all() + 500);
        Till.Status holding = scene().till().status();
        assertThat(holding.phase()).isEqualTo(held.phase());
        assertThat(holding.weight()).isEqualTo(held.weight());
    }

    /** All pods of one colour, and then all of the other. */
    private static void onEveryPod(String path, String... colors) throws Exception {
        try (PodCalls calls = new PodCalls(scene().till().client(), PodCalls.Way.TRY)) {
            for (String color : colors) {
                for (Pod pod : scene().till().pods()) {
                    if (color.equals(pod.getMetadata().getLabels().get("vextrus.dev/color"))) {
                        assertThat(calls.post(pod, 9090, path, Duration.ofSeconds(60))
                                        .status())
                                .isEqualTo(200);
                    }
                }
            }
        }
    }

    private static Scene scene() {
        if (open == null) {
            throw new AssertionError("there is no cluster");
        }
        return open;
    }
}
