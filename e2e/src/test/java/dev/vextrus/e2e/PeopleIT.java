package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.e2e.cluster.Kubectl;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to a workload and its resource while it serves, and while a rollout bakes, all by kubectl. */
@BesideOthers
class PeopleIT {
    @TempDir
    private static Path folder;

    private static @Nullable Scene open;

    @BeforeAll
    static void open() throws Exception {
        open = Scene.open("people", folder);
    }

    @AfterAll
    static void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void a_plan_with_an_unknown_field_is_rejected_with_the_fields_name() throws Exception {
        Scene.Before before = scene().settled();
        String text = serving(before).saying("bakeFor: 5m").text(Till.NAME);

        Kubectl.Ended ended = scene().kubectlEnds("apply", "-f", scene().file(text));

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.err()).contains("unknown field \"spec.bakeFor\"");
        scene().backAsBefore(before);
    }

    @Test
    void where_the_router_knows_no_tenants_a_condition_says_so() throws Exception {
        scene().settled();

        scene().kubectl("wait", "pro/till", "--for=condition=Cohorts=False", "--timeout=3m");
    }

    @Test
    void a_second_resource_for_the_same_service_is_refused_and_the_first_serves_on() throws Exception {
        Scene.Before before = scene().settled();
        String second = scene().next().saying("traffic: {service: till}").text("second");

        scene().kubectl("apply", "-f", scene().file(second));

        scene().kubectl("wait", "pro/second", reason("Ready", "WorkloadTaken"), "--timeout=3m");
        assertThat(scene().kubectl("get", "deployments", "-o", "name")).doesNotContain("second");
        scene().kubectl("delete", "pro/second", "--timeout=3m");
        scene().backAsBefore(before);
        scene().noneFailed();
    }

    @Test
    void what_somebody_changes_of_the_operators_is_put_back_with_an_event_and_the_rollout_goes_on() throws Exception {
        Scene.Before before = scene().baking(scene().next());
        Till.Status baking = scene().till().status();
        String canary = "deployment/till-" + before.canary();
        String stable = "deployment/till-" + before.status().stableColor();
        String canaryPod = String.join(" ", scene().till().pods(before.canary()));

        scene().kubectl("patch", canary, "--type=merge", "-p", "{\"spec\":{\"minReadySeconds\":7,\"paused\":true}}");
        scene().kubectl("wait", canary, "--for=jsonpath={.spec.minReadySeconds}=5", "--timeout=3m");
        assertThat(scene().kubectl("get", canary, "-o", "jsonpath={.spec.paused}"))
                .as("also what was added")
                .isEmpty();
        scene().kubectl("scale", stable, "--replicas=5");
        scene().kubectl("wait", stable, "--for=jsonpath={.spec.replicas}=4", "--timeout=3m");

        TestCluster.await(
                "both are told",
                () -> reverted().containsAll(List.of("deployment till-blue", "deployment till-green")));
        Till.Status after = scene().await("it bakes on", s -> s.phase().equals(baking.phase()));
        assertThat(after.rollout()).isEqualTo(baking.rollout());
        assertThat(scene().till().pods(before.canary())).containsExactly(canaryPod);
        scene().rollout("abort", "--reason", "seen enough");
        scene().awaitEnd(before);
        scene().till().settled(scene().operator());
        scene().noneFailed();
    }

    @Test
    void an_edited_plan_waits_and_a_newer_release_takes_the_place_of_the_one_that_bakes() throws Exception {
        Order first = scene().next();
        Scene.Before before = scene().baking(first);
        Till.Status baking = scene().till().status();

        scene().apply(first.bakingFor("20m"));
        scene().kubectl("wait", "pro/till", "--for=condition=PendingEdit", "--timeout=3m");
        assertThat(scene().till().status().rollout()).isEqualTo(baking.rollout());

        scene().apply(scene().next());
        Till.Status second = scene().await(
                        "the newer one bakes",
                        s -> !s.rollout().equals(baking.rollout()) && s.phase().startsWith("Baking"));
        assertThat(scene().kubectl("get", "events", "-o", "jsonpath={.items[*].message}"))
                .contains("SUPERSEDED");
        assertThat(second.stableVersion()).isEqualTo(before.status().stableVersion());

        scene().apply(serving(before));
        Till.Status after =
                scene().await("the newer one ended", s -> s.rollout().equals(second.rollout()) && s.ended());
        assertThat(after.stage()).as(after.toString()).isEqualTo("ROLLED_BACK");
        assertThat(after.message()).contains("it is again the release that serves");
        scene().backAsBefore(before);
        scene().noneFailed();
    }

    @Test
    void an_evicted_canary_is_no_fault_of_the_release() throws Exception {
        Scene.Before before = scene().baking(scene().next());
        Till.Status baking = scene().till().status();
        String evicted = scene().till().pods(before.canary()).iterator().next();

        evict(evicted);
        TestCluster.await("another pod takes its place", () -> {
            Set<String> pods = scene().till().pods(before.canary());
            return pods.size() == 1 && !pods.contains(evicted);
        });
        scene().load().reset();
        scene().canaryAnswers(before);
        Till.Status after = scene().await("it bakes on", s -> s.phase().equals(baking.phase()));
        assertThat(after.rollout()).isEqualTo(baking.rollout());

        scene().rollout("abort", "--reason", "seen enough");
        assertThat(scene().till().settled(scene().operator()).stableVersion())
                .isEqualTo(before.status().stableVersion());
        scene().noneFailed();
    }

    /** The budget refuses it for as long as whoever keeps it has not seen that the canary's pod is ready. */
    private static void evict(String pod) throws Exception {
        String path = "/api/v1/namespaces/" + scene().till().namespace() + "/pods/" + pod + "/eviction";
        String eviction = scene().file(
                        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"" + pod + "\"}}");
        Eventually.get(Duration.ofMinutes(3), () -> {
            Kubectl.Ended ended = scene().kubectlEnds("create", "--raw", path, "-f", eviction);
            assertThat(ended.exitCode() == 0 || ended.err().contains("disruption budget"))
                    .as(ended.err())
                    .isTrue();
            return ended.exitCode() == 0 ? ended : null;
        });
    }

    @Test
    void a_status_that_is_wiped_is_written_again_and_a_resource_deleted_in_a_bake_goes_after_its_canary()
            throws Exception {
        Scene.Before before = scene().baking(scene().next());
        Till.Status baking = scene().till().status();

        wipeTheStatus();
        scene().await(
                        "the same attempt bakes on",
                        s -> s.rollout().equals(baking.rollout()) && s.phase().equals(baking.phase()));

        scene().kubectl("delete", "pro/till", "--timeout=3m");
        TestCluster.await(
                "the canary's pods end",
                () -> scene().till().pods(before.canary()).isEmpty());
        assertThat(scene().till().pods(before.status().stableColor())).isEqualTo(before.stablePods());
        scene().noneFailed();

        scene().apply(serving(before));
        scene().backAsBefore(before);
        scene().noneFailed();
    }

    @Test
    void a_workload_whose_resource_is_deleted_serves_on_and_is_taken_over_again() throws Exception {
        Scene.Before before = scene().settled();

        scene().kubectl("delete", "pro/till", "--timeout=3m");
        scene().load().await(100);
        assertThat(scene().till().pods(before.status().stableColor())).isEqualTo(before.stablePods());
        scene().apply(serving(before));

        scene().backAsBefore(before);
        wipeTheStatus();
        scene().backAsBefore(before);
        scene().noneFailed();
    }

    /** Of what the operator said that it was put back. */
    private static List<String> reverted() {
        return scene().till().client().v1().events().inNamespace(scene().till().namespace()).list().getItems().stream()
                .filter(event -> "Reverted".equals(event.getReason()))
                .map(event -> event.getMessage()
                        .replace(" was changed by somebody else and stands again as it was ordered", ""))
                .toList();
    }

    private static void wipeTheStatus() throws Exception {
        scene().kubectl(
                        "patch",
                        "pro/till",
                        "--subresource=status",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":{}}]");
    }

    /** The release that serves, as it was written. */
    private static Order serving(Scene.Before before) {
        return Order.of(before.status().stableVersion());
    }

    private static String reason(String condition, String reason) {
        return "--for=jsonpath={.status.conditions[?(@.type==\"" + condition + "\")].reason}=" + reason;
    }

    private static Scene scene() {
        if (open == null) {
            throw new AssertionError("there is no cluster");
        }
        return open;
    }
}
