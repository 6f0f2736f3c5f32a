package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.e2e.cluster.Kubectl;
import dev.vextrus.e2e.cluster.ProductImages;
import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rollouts through our own proxy, which moves whole tenants. Two have the same traffic: acme, who wants to be first, and
 * globex, who wants to be last.
 */
@BesideOthers
class CohortsIT {
    @TempDir
    private static Path folder;

    private static @Nullable Scene open;
    private static @Nullable LoadPod ofAcme;

    @BeforeAll
    static void open() throws Exception {
        Kubectl.requireCluster();
        String image = ProductImages.loaded("proxy").getFirst();
        open = Scene.ofTenant(
                "globex",
                "cohorts",
                folder,
                order -> order.saying("traffic: {proxy: {image: '" + image + "', replicas: 2}}")
                        .saying("cohorts: {by: tenant, first: [acme], last: [globex]}"));
        ofAcme = open.loadOf("acme");
    }

    @AfterAll
    static void close() {
        // The second load goes by the scene's own client, so it goes first.
        try (Scene _ = open) {
            if (ofAcme != null) {
                ofAcme.close();
            }
        }
    }

    @Test
    void a_good_release_gets_whole_tenants_and_no_request_of_any_fails() throws Exception {
        Order order = scene().next();
        Scene.Before before = settled();
        scene().apply(order);
        scene().awaitBaking(before);

        scene().kubectl("wait", "pro/till", "--for=condition=Cohorts=True", "--timeout=3m");
        onlyAnswers(acme(), before.canary());
        onlyAnswers(scene().load(), before.status().stableColor());
        goOn("2/3");
        goOn("3/3");
        onlyAnswers(scene().load(), before.canary());
        scene().rollout("skip", "--reason", "the test has seen who is where");

        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("COMPLETED");
        assertThat(after.stableVersion()).isEqualTo(order.version());
        scene().till().settled(scene().operator());
    }

    private static void goOn(String phase) throws Exception {
        scene().rollout("skip", "--reason", "the test has seen who is where");
        scene().await("more tenants are there", s -> s.phase().equals("Baking " + phase));
    }

    @Test
    void a_release_that_fails_harms_only_the_tenant_who_was_first() throws Exception {
        Scene.Before before = settled();

        scene().apply(scene().next().with("FAIL_PERCENT", "20"));

        Till.Status after = scene().awaitEnd(before);
        assertThat(after.stage()).as(after.toString()).isEqualTo("ROLLED_BACK");
        assertThat(after.reason()).isIn("HARMFUL_ERRORS", "ERROR_RATE");
        scene().backAsBefore(before);
        assertThat(acme().reset().failed()).isPositive();
        onlyAnswers(acme(), before.status().stableColor());
        scene().noneFailed();
    }

    private static Scene.Before settled() throws Exception {
        Scene.Before before = scene().settled();
        acme().reset();
        return before;
    }

    /** Nor has any request failed since the counts began. */
    private static void onlyAnswers(LoadPod load, String color) {
        assertThat(load.reset().failed()).isZero();
        LoadPod.Counts counts = load.await(100);
        assertThat(counts.failed()).as(counts.why()).isZero();
        assertThat(counts.answers().keySet()).containsExactly(color);
    }

    private static LoadPod acme() {
        if (ofAcme == null) {
            throw new AssertionError("there is no cluster");
        }
        return ofAcme;
    }

    private static Scene scene() {
        if (open == null) {
            throw new AssertionError("there is no cluster");
        }
        return open;
    }
}
