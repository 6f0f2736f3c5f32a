package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many pods each release has while one takes over from the other, and who may change that. */
@BesideOthers
class SizesIT {
    private static final String[] SKIP = {"--reason", "the test has seen this phase"};

    @TempDir
    private static Path folder;

    private static @Nullable Scene open;

    @BeforeAll
    static void open() throws Exception {
        open = Scene.open("sizes", folder);
    }

    @AfterAll
    static void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void with_proportional_capacity_ten_pods_are_one_and_nine_three_and_seven_six_and_four_ten_and_none()
            throws Exception {
        Scene.Before before = scene().settled();
        scene().kubectl("scale", "pro/till", "--replicas=10");
        awaitSizes(before, "+10");
        scene().load().reset();

        Order order = scene().next().onTenPods();
        scene().apply(order);
        List<String> sizes = List.of("1+9", "3+7", "6+4", "10+");
        for (int phase = 1; phase <= sizes.size(); phase++) {
            String baking = "Baking " + phase + "/4";
            scene().await("it is " + baking, s -> s.phase().equals(baking));
            awaitSizesInTheEnd(before, sizes.get(phase - 1));
            assertThat(scene().till().status().phase()).isEqualTo(baking);
            scene().rollout("skip", SKIP);
        }

        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
        assertThat(after.stableVersion()).isEqualTo(order.version());
        scene().noneFailed();
        scene().kubectl("scale", "pro/till", "--replicas=" + Till.REPLICAS);
        scene().till().settled(scene().operator());
        scene().noneFailed();
    }

    @Test
    void an_autoscaler_that_acts_in_a_bake_sizes_both_releases_and_nobody_is_blamed() throws Exception {
        Order order = scene().next().inTwoPhases();
        Scene.Before before = scene().baking(order);
        Till.Status baking = scene().till().status();

        scene().apply(autoscaler(6));
        awaitSizes(before, "3+6");
        scene().kubectl("wait", "hpa/till", "--for=condition=AbleToScale", "--timeout=3m");
        assertThat(scene().till().status().phase()).isEqualTo("Baking 1/2");
        assertThat(scene().till().status().rollout()).isEqualTo(baking.rollout());
        scene().rollout("skip", SKIP);
        scene().await("it bakes on", s -> s.phase().equals("Baking 2/2"));
        awaitSizes(before, "6+6");
        scene().apply(autoscaler(Till.REPLICAS));
        awaitSizes(before, "4+4");
        scene().rollout("skip", SKIP);

        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
        assertThat(after.stableVersion()).isEqualTo(order.version());
        scene().kubectl("delete", "hpa/till");
        scene().till().settled(scene().operator());
        scene().noneFailed();
    }

    /** A real one, which the cluster itself carries out. */
    private static String autoscaler(int replicas) {
        return """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: till}
            spec:
              scaleTargetRef: {apiVersion: vextrus.dev/v1alpha1, kind: PhasedRollout, name: till}
              minReplicas: %1$d
              maxReplicas: %1$d
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
            """.formatted(replicas);
    }

    private static void awaitSizes(Scene.Before before, String sizes) {
        TestCluster.await(
                "canary and stable have " + sizes + " pods", () -> sizes(before).equals(sizes));
    }

    /** And no pod that is on its way in or out. */
    private static void awaitSizesInTheEnd(Scene.Before before, String sizes) {
        awaitSizes(before, sizes);
        TestCluster.await(
                "pods have come and gone",
                () -> sizes.equals(
                        pods(before.canary()) + "+" + pods(before.status().stableColor())));
        assertThat(sizes(before)).isEqualTo(sizes);
    }

    /** Ready replicas of the canary's and of stable's Deployment, as kubectl shows them: nothing for none. */
    private static String sizes(Scene.Before before) {
        return ready(before.canary()) + "+" + ready(before.status().stableColor());
    }

    private static String ready(String color) {
        try {
            return scene().kubectl(
                            "get",
                            "deployment/till-" + color,
                            "--ignore-not-found",
                            "-o",
                            "jsonpath={.status.readyReplicas}");
        } catch (Exception silent) {
            throw new AssertionError("kubectl cannot tell the sizes", silent);
        }
    }

    private static String pods(String color) {
        int pods = scene().till().pods(color).size();
        return pods == 0 ? "" : Integer.toString(pods);
    }

    private static Scene scene() {
        if (open == null) {
            throw new AssertionError("there is no cluster");
        }
        return open;
    }
}
