package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.e2e.cluster.Kubectl;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may let a release go on, in a namespace that asks for approvals: what the API server itself makes sure of. */
@BesideOthers
class ApprovalIT {
    private static final String POLICIES =
            FrontDoor.repository().resolve("deploy/operator/approvals.yaml").toString();

    @TempDir
    private static Path folder;

    private static @Nullable Scene open;

    @BeforeAll
    static void open() throws Exception {
        Scene scene = Scene.open("approvals", folder);
        open = scene;
        Kubectl.ask("apply", "-f", POLICIES);
        Kubectl.ask("wait", "--for=condition=Established", "crd/rolloutapprovals.vextrus.dev", "--timeout=120s");
        scene.kubectl("create", "role", "nearly", "--verb=get,patch", "--resource=phasedrollouts.vextrus.dev");
        scene.kubectl("create", "role", "writer", "--verb=create,get,patch", "--resource=rolloutapprovals.vextrus.dev");
        scene.kubectl("create", "rolebinding", "nearly", "--role=nearly", "--user=anna", "--user=bob");
        scene.kubectl("create", "rolebinding", "writer", "--role=writer", "--user=anna", "--user=bob");
        scene.kubectl("create", "rolebinding", "approver", "--clusterrole=vextrus-release-approver", "--user=anna");
        Kubectl.ask("label", "namespace", scene.till().namespace(), "vextrus.dev/approvals=required");
    }

    @AfterAll
    static void close() throws Exception {
        if (open != null) {
            try (Scene _ = open) {
                Kubectl.ask("delete", "-f", POLICIES, "--ignore-not-found", "--timeout=120s");
            }
        }
    }

    @Test
    void only_who_may_approve_does_and_only_in_their_own_name() throws Exception {
        Order order = scene().next();
        Scene.Before before = scene().baking(order);
        String release = order.version();
        awaitThePolicies();

        refused("promote, skip and retry are by approval", annotating("bob", "promote"));
        refused("bob may not promote till", approving("bob", "bob", "promote", release));
        refused("spec.approver: is bob; you are anna", approving("anna", "bob", "promote", release));
        refused("reason: say why", approving("anna", "anna", "skip", release, ""));
        assertThat(scene().till().status().phase()).startsWith("Baking 1/");

        Kubectl.Ended approved = approving("anna", "anna", "promote", release);
        assertThat(approved.exitCode()).as(approved.err()).isZero();
        String approval = approved.out().trim();
        scene().await("the next phase bakes", s -> s.phase().startsWith("Baking 2/"));
        assertThat(scene().kubectl("get", "events", "-o", "jsonpath={.items[*].message}"))
                .contains("promote by anna (looked at it)");
        scene().kubectl("wait", approval, "--for=jsonpath={.status.state}=Taken", "--timeout=60s");
        refused(
                "a decision is made once",
                scene().kubectlEnds(
                                "--as=anna",
                                "patch",
                                approval,
                                "--type=merge",
                                "-p",
                                "{\"spec\":{\"command\":\"skip\",\"reason\":\"after all\"}}"));

        scene().rollout("promote", "--reason", "by the command line");
        scene().await("the last phase", s -> s.phase().contains("3/"));
        assertThat(scene().kubectl("get", "rolloutapprovals", "-o", "jsonpath={.items[*].spec.reason}"))
                .contains("by the command line");

        // Going back needs nobody's approval.
        assertThat(annotating("bob", "abort").exitCode()).isZero();
        scene().awaitEnd(before);
        scene().backAsBefore(before);
        scene().noneFailed();
    }

    /** An API server takes a while to know a policy; nothing is written by asking. */
    private static void awaitThePolicies() {
        TestCluster.await("the policies are in force", () -> {
            try {
                String annotated = scene().kubectlEnds(
                                "annotate", "pro/till", "vextrus.dev/promote=seen", "--dry-run=server")
                        .err();
                String approved = approving("bob", "anna", "promote", "0", "", "--dry-run=server")
                        .err();
                return annotated.contains("vextrus-by-approval") && approved.contains("vextrus-approvals");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Kubectl.Ended annotating(String who, String command) throws Exception {
        return scene().kubectlEnds("--as=" + who, "annotate", "pro/till", "vextrus.dev/" + command + "=seen");
    }

    private static Kubectl.Ended approving(String who, String approver, String command, String release)
            throws Exception {
        return approving(who, approver, command, release, "looked at it");
    }

    /** What it prints is the name of the approval. */
    private static Kubectl.Ended approving(
            String who, String approver, String command, String release, String reason, String... more)
            throws Exception {
        String file = scene().file("""
                apiVersion: vextrus.dev/v1alpha1
                kind: RolloutApproval
                metadata: {generateName: till-}
                spec: {rollout: till, command: %s, release: "%s", approver: %s, reason: "%s"}
                """.formatted(command, release, approver, reason));
        String[] arguments = {"--as=" + who, "create", "-f", file, "-o", "name"};
        String[] all =
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
        return scene().kubectlEnds(all);
    }

    private static void refused(String words, Kubectl.Ended ended) {
        assertThat(ended.exitCode()).as(ended.out()).isNotZero();
        assertThat(ended.err()).contains(words);
    }

    private static Scene scene() {
        if (open == null) {
            throw new AssertionError("there is no cluster");
        }
        return open;
    }
}
