package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.e2e.cluster.Kubectl;
import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator in pods of the cluster, installed by its own manifest, with the rights of its own ServiceAccount and no
 * others. The tests share one workload, as those of {@link OperatorIT} do.
 */
@BesideOthers
class OperatorInClusterIT {
    private static final int PER_CONNECTION = 20;
    /** Long enough for another operator to take over before a phase is at its end. */
    private static final String BAKE = "20s";

    private static final AtomicInteger RELEASES = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static @Nullable TestCluster cluster;
    private static @Nullable InstalledOperator operator;
    private static @Nullable LoadPod load;
    private static OperatorGround.@Nullable Definition definition;

    @BeforeAll
    static void install() throws Exception {
        cluster = TestCluster.named("pods-operator");
        TestImage.loaded();
        definition = OperatorGround.Definition.applied(cluster);
        operator = InstalledOperator.in(cluster, folder);
        till().apply(nextVersion(), 0, BAKE);
        till().settled(operator()::told);
        load = new LoadPod(cluster, "http://" + Till.NAME + "." + cluster.namespace() + "/", "", PER_CONNECTION, "");
        load.await(50);
    }

    @AfterAll
    static void uninstall() throws Exception {
        try (TestCluster _ = cluster;
                OperatorGround.Definition _ = definition;
                InstalledOperator _ = operator;
                LoadPod _ = load) {
            if (operator != null) {
                till().resource().delete();
                TestCluster.await(
                        "the operator lets the resource go",
                        () -> till().resource().get() == null);
            }
        }
    }

    @Test
    void its_account_may_do_what_its_manifest_says_and_nothing_beyond() throws Exception {
        assertThat(may("list phasedrollouts.vextrus.dev -A")).isEqualTo("yes");
        for (String beyond : List.of(
                "* * -A",
                "list secrets",
                "delete secrets",
                "create pods",
                "create pods/exec",
                "get nodes",
                "create rolebindings.rbac.authorization.k8s.io",
                "delete phasedrollouts.vextrus.dev",
                "update leases.coordination.k8s.io -n kube-system")) {
            assertThat(may(beyond)).as("may " + beyond).isEqualTo("no");
        }
    }

    @Test
    void when_the_leader_is_killed_the_other_takes_over_and_brings_the_release_through() throws Exception {
        Till.Status before = till().settled(operator()::told);
        String version = nextVersion();
        load().reset();

        till().apply(Order.of(version).inTwoPhases().bakingFor(BAKE));
        Till.Status baking = awaitBaking(before);
        String killed = operator().killLeader();

        Till.Status after = awaitEnd(before);
        assertThat(operator().awaitLeader()).isNotEqualTo(killed);
        wentOn(before, baking, after, version);
    }

    @Test
    void a_leader_that_loses_its_lease_stops_and_harms_nothing() throws Exception {
        Till.Status before = till().settled(operator()::told);
        Set<String> pods = names();
        String version = nextVersion();
        load().reset();

        till().apply(Order.of(version).inTwoPhases().bakingFor(BAKE));
        Till.Status baking = awaitBaking(before);
        // Asked only now: on a starved machine it may have become another since.
        String leader = operator().awaitLeader();
        int restarts = restarts(leader);
        // A patch of this one field: whoever renews the lease meanwhile must not make the test fail.
        operator()
                .lease()
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"holderIdentity\":\"somebody-else\"}}");
        // Its process ends, and Kubernetes starts it anew: as one that waits.
        Eventually.get(Duration.ofMinutes(5), () -> restarts(leader) > restarts ? leader : null);

        Till.Status after = awaitEnd(before);
        assertThat(names()).as("no pod had to be replaced").isEqualTo(pods);
        wentOn(before, baking, after, version);
    }

    /** The attempt that was under way, brought to its end by another. */
    private static void wentOn(Till.Status before, Till.Status baking, Till.Status after, String version)
            throws Exception {
        assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
        assertThat(after.rollout()).as("the same attempt").isEqualTo(baking.rollout());
        assertThat(after.stableVersion()).isEqualTo(version);
        till().settled(operator()::told);
        noneFailed();
        assertThat(operator().told()).doesNotContainIgnoringCase("forbidden");
        Recorded recorded = Recorded.of(till(), before.rollout());
        recorded.nothingTwice();
        assertThat(recorded.resumed()).isNotEmpty();
    }

    /** What {@code kubectl auth can-i} answers to the operator's account. */
    private static String may(String what) throws Exception {
        List<String> command = new ArrayList<>(List.of("auth", "can-i"));
        command.addAll(List.of(what.split(" ", -1)));
        command.add("--as=" + operator().account());
        if (!what.contains("-n ") && !what.contains("-A")) {
            command.add("--namespace=" + till().namespace());
        }
        return Kubectl.run(command.toArray(String[]::new)).out().strip();
    }

    private static Set<String> names() {
        return operator().pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static int restarts(String pod) {
        return operator().pods().stream()
                .filter(found -> found.getMetadata().getName().equals(pod))
                .flatMap(found -> found.getStatus().getContainerStatuses().stream())
                .mapToInt(status -> status.getRestartCount())
                .sum();
    }

    private static Till.Status awaitBaking(Till.Status before) throws Exception {
        return till().await(
                        "the new release bakes",
                        operator()::told,
                        s -> !s.rollout().equals(before.rollout()) && s.phase().startsWith("Baking"));
    }

    private static Till.Status awaitEnd(Till.Status before) throws Exception {
        return till().await(
                        "the rollout ended", operator()::told, s -> !s.rollout().equals(before.rollout()) && s.ended());
    }

    private static void noneFailed() {
        LoadPod.Counts counts = load().counts();
        assertThat(counts.all()).isPositive();
        assertThat(counts.failed()).as(counts.why()).isZero();
    }

    private static String nextVersion() {
        return "1." + RELEASES.getAndIncrement() + ".0";
    }

    private static InstalledOperator operator() {
        return there(operator);
    }

    private static LoadPod load() {
        return there(load);
    }

    private static Till till() {
        return new Till(there(cluster));
    }

    private static <T> T there(@Nullable T part) {
        if (part == null) {
            throw new AssertionError("the operator was not installed");
        }
        return part;
    }
}
