package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.BesideOthers;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code rollout preflight} says of a plan's file, before anything of it is in the cluster. */
@BesideOthers
@SuppressWarnings("NullAway.Init") // JUnit calls the set-up
class RolloutPreflightIT {
    @TempDir
    private Path folder;

    private TestCluster cluster;
    private OperatorGround.Definition definition;

    @BeforeEach
    void open() {
        cluster = TestCluster.named("operator-preflight");
        definition = OperatorGround.Definition.applied(cluster);
        TestImage.loaded();
    }

    @AfterEach
    void close() {
        if (definition != null) {
            definition.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void a_plan_that_can_be_carried_out_passes() throws Exception {
        FrontDoor.Ended ended = preflight(plan(4, TestImage.NAME, ""), "--json");

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(outcomes(ended.json()))
                .containsEntry("plan", "ok")
                .containsEntry("release", "ok")
                .containsEntry("permissions", "ok")
                .containsEntry("weight", "ok")
                .containsEntry("image", "ok")
                .containsEntry("service", "ok")
                .doesNotContainValue("failed");
        assertThat(cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems())
                .as("it only looks")
                .isEmpty();
    }

    @Test
    void each_thing_that_would_go_wrong_is_named_with_its_remedy() throws Exception {
        cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName(Till.NAME)
                        .endMetadata()
                        .withNewSpec()
                        .withSessionAffinity("ClientIP")
                        .addToSelector("app", Till.NAME)
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();

        FrontDoor.Ended ended = preflight(plan(1, "local/there-is-none:1", "envFrom: [{secretRef: {name: database}}]"));

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.out())
                .contains("phase 1 asks for 10 %; of 1 stable and 1 canary pods the nearest share is 50 %")
                .contains("-> run 9 stable pods to each canary pod")
                .contains("secret database")
                .contains("local/there-is-none:1 cannot be had")
                .contains("-> set sessionAffinity: None");
    }

    @Test
    void a_misspelt_field_is_named_before_anything_else_is_asked() throws Exception {
        FrontDoor.Ended ended =
                preflight(plan(4, TestImage.NAME, "").replace("managementPort", "managmentPort"), "--json");

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(outcomes(ended.json())).containsOnly(Map.entry("plan", "failed"));
        assertThat(ended.json().path("checks").path(0).path("what").asString()).contains("spec.managmentPort");
    }

    private FrontDoor.Ended preflight(String plan, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.yaml"), plan);
        String[] words = new String[more.length + 5];
        System.arraycopy(
                new String[] {"rollout", "preflight", file.toString(), "--namespace", cluster.namespace()},
                0,
                words,
                0,
                5);
        System.arraycopy(more, 0, words, 5, more.length);
        return FrontDoor.from(folder).run(words);
    }

    /** The gravest outcome of each name. */
    private static Map<String, String> outcomes(JsonNode answer) {
        Map<String, String> outcomes = new TreeMap<>();
        answer.path("checks")
                .forEach(check -> outcomes.merge(
                        check.path("name").asString(),
                        check.path("outcome").asString(),
                        (one, other) -> one.equals("ok") ? other : one));
        return outcomes;
    }

    private static String plan(int replicas, String image, String more) {
        return """
                apiVersion: vextrus.dev/v1alpha1
                kind: PhasedRollout
                metadata: {name: till}
                spec:
                  replicas: %1$d
                  managementPort: management
                  phases:
                    - {traffic: %2$d, replicas: 1, bake: 10m}
                    - {traffic: 100, replicas: %1$d, bake: 10m}
                  template:
                    spec:
                      securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
                      containers:
                        - name: app
                          image: %3$s
                          imagePullPolicy: IfNotPresent
                          %4$s
                          ports: [{name: http, containerPort: 8080}, {name: management, containerPort: 9090}]
                          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted(replicas, replicas == 1 ? 10 : 20, image, more);
    }
}
