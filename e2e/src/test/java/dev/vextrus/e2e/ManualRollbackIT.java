package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All the ways in which a person takes a release back, on the cluster that KUBECONFIG names, under traffic. Each says in
 * the test's output how long it took; that is not asserted, since it is the machine's as much as ours.
 */
@BesideOthers
class ManualRollbackIT {
    @TempDir
    private static Path folder;

    private static @Nullable Scene open;

    @BeforeAll
    static void open() throws Exception {
        open = Scene.open("rollback", folder);
    }

    @AfterAll
    static void close() {
        if (open != null) {
            open.close();
        }
    }

    /** An order to go back. */
    private interface Deed {
        void give(Scene.Before before) throws Exception;
    }

    @Test
    void by_the_verb() throws Exception {
        goesBack(
                "vextrus rollout abort",
                "customers complain",
                _ -> scene().rollout("abort", "--reason", "customers complain"));
    }

    @Test
    void by_an_annotation() throws Exception {
        goesBack(
                "kubectl annotate",
                "the till is closed",
                _ -> scene().kubectl("annotate", "pro", Till.NAME, "vextrus.dev/abort=the till is closed"));
    }

    @Test
    void by_scaling_the_canary_to_nothing() throws Exception {
        goesBack(
                "kubectl scale --replicas 0",
                "the canary was scaled to 0",
                before -> scene().kubectl("scale", "deployment", canary(before), "--replicas", "0"));
    }

    @Test
    void by_deleting_the_canary() throws Exception {
        goesBack(
                "kubectl delete deployment",
                "the canary's Deployment was deleted",
                before -> scene().kubectl("delete", "deployment", canary(before), "--wait=false"));
    }

    private static void goesBack(String what, String why, Deed deed) throws Exception {
        Scene.Before before = scene().baking(scene().next());
        long from = scene().clock();

        deed.give(before);

        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("ROLLED_BACK");
        assertThat(after.reason()).isEqualTo("ABORTED_BY_PERSON");
        assertThat(after.message()).contains(why);
        scene().backAsBefore(before);
        scene().noneFailed();
        scene().report(what, from, before.canary());
    }

    @Test
    void by_undoing_what_was_promoted_already() throws Exception {
        Scene.Before before = scene().settled();
        Order order = scene().next().inOnePhase().bakingFor("5s");
        scene().apply(order);
        Till.Status promoted = scene().awaitEnd(before);
        assertThat(promoted.stage()).as(promoted.toString()).isEqualTo("COMPLETED");
        scene().till().settled(scene().operator());
        long from = scene().clock();

        scene().rollout("undo", "--to-revision", revision(before.status().stableVersion()));

        Till.Status after = scene().await(
                        "what served before serves again", s -> !s.rollout().equals(promoted.rollout()) && s.ended());
        assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
        assertThat(after.stableVersion()).isEqualTo(before.status().stableVersion());
        assertThat(scene().till().condition("Synced")).isEqualTo("False Pinned");
        scene().till().settled(scene().operator());
        scene().noneFailed();
        scene().report("vextrus rollout undo --to-revision", from, promoted.stableColor());
    }

    private static String revision(String version) throws Exception {
        for (JsonNode item : JsonMapper.shared()
                .readTree(scene().kubectl("get", "controllerrevisions", "-o", "json"))
                .path("items")) {
            if (item.path("metadata")
                    .path("annotations")
                    .path("vextrus.dev/version")
                    .asString()
                    .equals(version)) {
                return item.path("revision").asString();
            }
        }
        throw new AssertionError("no revision holds " + version);
    }

    /** At 100 % no stable pod is behind the Service, so these come first; the order is docs/kubernetes.md's. */
    @Test
    void by_kubectl_alone_while_no_operator_runs() throws Exception {
        Scene.Before before = scene().baking(scene().next().inOnePhase());
        scene().operator().killOutright();
        long from = scene().clock();

        String ofTill = "vextrus.dev/rollout=" + Till.NAME + ",vextrus.dev/color=";
        scene().kubectl(
                        "label",
                        "pods",
                        "-l",
                        ofTill + before.status().stableColor(),
                        "vextrus.dev/serving=true",
                        "--overwrite");
        scene().kubectl("label", "pods", "-l", ofTill + before.canary(), "vextrus.dev/serving-");
        scene().kubectl("scale", "deployment", canary(before), "--replicas", "0");
        scene().kubectl("wait", "pods", "-l", ofTill + before.canary(), "--for=delete", "--timeout=3m");

        scene().noneFailed();
        scene().report("kubectl alone, without an operator", from, before.canary());
        scene().load().reset();
        assertThat(scene().load().await(100).answers().keySet())
                .containsExactly(before.status().stableColor());
        scene().ground().startOperator();
        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("ROLLED_BACK");
        assertThat(after.message()).contains("the canary was scaled to 0");
        scene().backAsBefore(before);
        scene().noneFailed();
    }

    private static String canary(Scene.Before before) {
        return Till.NAME + "-" + before.canary();
    }

    private static Scene scene() {
        if (open == null) {
            throw new AssertionError("there is no cluster");
        }
        return open;
    }
}
