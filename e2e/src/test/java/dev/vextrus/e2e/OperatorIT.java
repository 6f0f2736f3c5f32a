package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator on the cluster that KUBECONFIG names, under traffic over connections that stay open for a few seconds. The
 * tests share one workload: each begins where one release serves, and leaves it so, in any order.
 */
@BesideOthers
class OperatorIT {
    /** Requests over a connection: without a router, only a new one can come to another release. */
    private static final int PER_CONNECTION = 20;
    /** Long enough to see, and short enough to wait for. */
    private static final String BRIEF = "10s";

    private static final AtomicInteger RELEASES = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static @Nullable TestCluster cluster;
    private static @Nullable OperatorGround ground;

    @BeforeAll
    static void open() throws Exception {
        cluster = TestCluster.named("e2e-operator");
        TestImage.loaded();
        ground = OperatorGround.open(cluster, folder);
        till().apply(nextVersion(), 0, BRIEF);
        till().settled(operator());
        ground.load(PER_CONNECTION).await(50);
    }

    @AfterAll
    static void close() {
        try (TestCluster _ = cluster) {
            if (ground != null) {
                ground.close();
            }
        }
    }

    @Test
    void a_good_release_takes_over_phase_by_phase_and_no_request_fails() throws Exception {
        Till.Status before = till().settled(operator());
        String version = nextVersion();
        load().reset();
        try (Chronicle chronicle = new Chronicle(till(), before.otherColor())) {
            till().apply(version, 0, BRIEF);
            Till.Status after = awaitEnd(before);

            assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
            assertThat(after.stableVersion()).isEqualTo(version);
            assertThat(after.stableColor()).isEqualTo(before.otherColor());
            assertThat(till().row())
                    .isEqualTo("Name=till Phase=Completed Weight=0 % Verdict= Next=nothing: " + version
                            + " serves Stable=" + version);
            till().settled(operator());
            assertThat(chronicle.stations())
                    .containsSubsequence(
                            "Baking 1/3 at 25 %", "Baking 2/3 at 50 %", "Baking 3/3 at 100 %", "Completed at 0 %");
            assertThat(till().pods(after.stableColor()))
                    .as("the pods that proved themselves serve on: no other was ever started, none anew")
                    .hasSize(Till.REPLICAS)
                    .containsExactlyInAnyOrderElementsOf(chronicle.pods());
            noneFailed();
            onlyAnswers(after.stableColor());
        }
    }

    @Test
    void a_release_that_fails_every_fifth_request_goes_back_by_itself() throws Exception {
        Till.Status before = till().settled(operator());
        Set<String> stablePods = till().pods(before.stableColor());
        load().reset();

        till().apply(nextVersion(), 20, BRIEF);
        Till.Status after = awaitEnd(before);

        assertThat(after.stage()).as(after.toString()).isEqualTo("ROLLED_BACK");
        assertThat(after.reason()).isIn("HARMFUL_ERRORS", "ERROR_RATE");
        assertThat(till().condition("Synced")).isEqualTo("False Rejected");
        backAsBefore(before, stablePods);
        LoadPod.Counts counts = load().reset();
        assertThat(counts.of(before.otherColor())).isPositive();
        assertThat(counts.failed()).isPositive();
        System.out.printf(
                "%s: %.1f s from the canary's first answer to its last, %d requests failed, of %d%n",
                after.reason(),
                (counts.lastMillis().getOrDefault(before.otherColor(), 0L)
                                - counts.firstMillis().getOrDefault(before.otherColor(), 0L))
                        / 1000.0,
                counts.failed(),
                counts.all() + counts.failed());
        onlyAnswers(before.stableColor());
        noneFailed();
    }

    @Test
    void the_checklist_of_a_workload_that_serves_counts_its_traffic_and_says_what_its_bakes_can_find()
            throws Exception {
        till().settled(operator());

        FrontDoor.Ended ended = FrontDoor.from(folder)
                .run("rollout", "preflight", "phasedrollout/" + Till.NAME, "-n", till().namespace());

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out())
                .contains("an operator runs")
                .contains("serves already")
                .contains("4 of 4 pods of the stable release are ready")
                .contains("the traffic's counts are told")
                .containsPattern("25 %: [1-9][0-9]* canary requests/min");
    }

    @Test
    void operators_that_are_killed_at_every_kind_of_step_are_followed_by_one_that_goes_on_from_there()
            throws Exception {
        Till.Status before = till().settled(operator());
        Order order = Order.of(nextVersion()).inOnePhase().bakingFor(BRIEF);
        Set<String> killedIn = new LinkedHashSet<>();
        load().reset();
        try (Chronicle chronicle = new Chronicle(till(), before.otherColor())) {
            till().apply(order);
            for (Till.Status at = awaitStep(before, killedIn); !at.ended(); at = awaitStep(before, killedIn)) {
                killedIn.add(at.stage());
                ground().replaceOperator();
            }

            Till.Status after = till().settled(operator());
            assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
            assertThat(after.stableVersion()).isEqualTo(order.version());
            assertThat(till().pods(after.stableColor()))
                    .hasSize(Till.REPLICAS)
                    .containsExactlyInAnyOrderElementsOf(chronicle.pods());
            noneFailed();
        }
        System.out.println("operators were killed in " + killedIn);
        assertThat(killedIn).contains("BAKING").hasSizeGreaterThanOrEqualTo(4);
        Recorded recorded = Recorded.of(till(), before.rollout());
        recorded.nothingTwice();
        assertThat(recorded.operators()).hasSizeGreaterThanOrEqualTo(4);
    }

    /** A kind of step in which no operator was killed yet, or the end. */
    private static Till.Status awaitStep(Till.Status before, Set<String> killedIn) throws Exception {
        return till().await(
                        "it goes on",
                        operator(),
                        s -> !s.rollout().equals(before.rollout())
                                && (s.ended() || (!s.stage().isEmpty() && !killedIn.contains(s.stage()))));
    }

    private static Till.Status awaitEnd(Till.Status before) throws Exception {
        return till().await("the rollout ended", operator(), s -> !s.rollout().equals(before.rollout()) && s.ended());
    }

    /** The same release with the same pods, none started anew, and nothing of the other. */
    private static void backAsBefore(Till.Status before, Set<String> stablePods) throws Exception {
        Till.Status after = till().settled(operator());
        assertThat(after.stableVersion()).isEqualTo(before.stableVersion());
        assertThat(after.stableColor()).isEqualTo(before.stableColor());
        assertThat(after.weight()).isEqualTo("0 %");
        assertThat(till().pods(before.stableColor())).isEqualTo(stablePods);
    }

    private static void noneFailed() {
        LoadPod.Counts counts = load().counts();
        assertThat(counts.all()).isPositive();
        assertThat(counts.failed()).as(counts.why()).isZero();
    }

    private static void onlyAnswers(String color) {
        load().reset();
        assertThat(load().await(100).answers().keySet()).containsExactly(color);
    }

    private static String nextVersion() {
        return "1." + RELEASES.getAndIncrement() + ".0";
    }

    private static OperatorGround ground() {
        if (ground == null) {
            throw new AssertionError("the operator was not started");
        }
        return ground;
    }

    private static Till till() {
        return ground().till();
    }

    private static ClusterOperator operator() {
        return ground().operator();
    }

    private static LoadPod load() {
        return ground().load(PER_CONNECTION);
    }
}
