package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Times in a rollout in which nobody watches it: no operator runs, another takes over, or the API server is away. */
@BesideOthers
class AbsencesIT {
    /** At fifty requests a second, more than half a minute of them. */
    private static final int HALF_A_MINUTE = 1_600;

    private static final int A_MOMENT = 100;

    @TempDir
    private static Path folder;

    private static @Nullable Scene open;

    @BeforeAll
    static void open() throws Exception {
        open = Scene.open("absences", folder);
    }

    @AfterAll
    static void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void time_for_which_no_operator_watched_is_no_bake() throws Exception {
        Duration bake = Duration.ofSeconds(30);
        Order order = scene().next().inOnePhase().bakingFor("30s");
        Scene.Before before = scene().baking(order);
        scene().operator().killOutright();
        Instant killed = Instant.now();
        long answers = scene().load().counts().all();
        scene().load().await(answers + HALF_A_MINUTE);
        assertThat(scene().till().status().phase()).startsWith("Baking");

        scene().ground().startOperator();

        promoted(before, order);
        Recorded recorded = Recorded.of(scene().till(), before.status().rollout());
        recorded.nothingTwice();
        Duration first = Duration.between(recorded.firstAt(StageKind.BAKING), killed);
        Duration second = Duration.between(recorded.resumedAt(), recorded.firstAt(StageKind.GATING));
        assertThat(first.plus(second)).isGreaterThanOrEqualTo(bake);
        scene().noneFailed();
    }

    @Test
    void of_two_operators_one_leads_and_when_it_dies_the_other_goes_on() throws Exception {
        // Nobody waits for the bakes' ends: however slowly the one dies, its rollout is not over before.
        Order order = scene().next().inTwoPhases();
        ClusterOperator first = scene().operator();
        ClusterOperator second = ClusterOperator.of(scene().till().namespace(), folder);
        second.awaitCandidate();
        Scene.Before before = scene().baking(order);
        Recorded sofar = Recorded.of(scene().till(), before.status().rollout());
        Set<String> involved = sofar.operators();
        // Mostly the first; on a starved machine it may have lost its lease to the second already. Whoever has the
        // rollout in hand is asked of its journal.
        String inHand = sofar.operator();
        ClusterOperator leader = inHand.equals(second.identity()) ? second : first;
        ClusterOperator other = leader == first ? second : first;

        scene().ground().takenOverBy(other);
        leader.killOutright();
        TestCluster.await(
                "the other takes it up",
                () -> !Recorded.of(scene().till(), before.status().rollout())
                        .operator()
                        .equals(inHand));
        scene().rollout("skip", "--reason", "the test has seen who goes on");
        scene().await("it bakes on", s -> s.phase().equals("Baking 2/2"));
        scene().rollout("skip", "--reason", "the test has seen who goes on");

        promoted(before, order);
        Recorded recorded = Recorded.of(scene().till(), before.status().rollout());
        recorded.nothingTwice();
        assertThat(recorded.operators()).containsAll(involved).hasSizeGreaterThan(1);
        scene().noneFailed();
    }

    @Test
    void an_api_server_that_is_away_for_half_a_minute_stops_the_rollout_and_not_the_traffic() throws Exception {
        Order order = scene().next().inTwoPhases().bakingFor("15s");
        Scene.Before before = scene().settled();
        scene().operator().close();
        try (Forwarder way =
                new Forwarder(scene().till().client().getMasterUrl().toURI())) {
            Map<String, String> through = Map.of("KUBECONFIG", kubeconfig(way));
            scene().ground().startOperator(through);
            scene().apply(order);
            scene().awaitBaking(before);

            cutForHalfAMinute(way, through);
            scene().await("the second weight is on its way", s -> s.phase().matches("Sh.*2/2|Sm.*2/2|Baking 2/2"));
            cutForHalfAMinute(way, through);

            promoted(before, order);
            Recorded.of(scene().till(), before.status().rollout()).nothingTwice();
            scene().noneFailed();
            scene().operator().close();
        }
        scene().ground().startOperator();
    }

    /** An operator that can no longer renew its lease ends; whoever keeps it running, here the test, starts it again. */
    private static void cutForHalfAMinute(Forwarder way, Map<String, String> through) throws Exception {
        scene().operator().letItEnd();
        way.cut();
        // What was under way when it was cut is carried out or lost by then.
        scene().load().await(scene().load().counts().all() + A_MOMENT);
        Till.Status before = scene().till().status();
        scene().load().await(scene().load().counts().all() + HALF_A_MINUTE);
        assertThat(scene().till().status().weight()).isEqualTo(before.weight());
        TestCluster.await("the operator ends", () -> !scene().operator().runs());
        way.mend();
        scene().ground().startOperator(through);
    }

    /** A file that names the same cluster by another way. */
    private static String kubeconfig(Forwarder way) throws Exception {
        ObjectNode config = (ObjectNode) JsonMapper.shared()
                .readTree(scene().kubectl("config", "view", "--raw", "--minify", "--flatten", "-o", "json"));
        ObjectNode named = (ObjectNode) config.path("clusters").path(0).path("cluster");
        named.put("server", "https://127.0.0.1:" + way.port());
        named.remove("certificate-authority-data");
        named.put("insecure-skip-tls-verify", true);
        return scene().file(config.toString());
    }

    private static void promoted(Scene.Before before, Order order) throws Exception {
        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
        assertThat(after.stableVersion()).isEqualTo(order.version());
        scene().till().settled(scene().operator());
    }

    private static Scene scene() {
        if (open == null) {
            throw new AssertionError("there is no cluster");
        }
        return open;
    }
}
