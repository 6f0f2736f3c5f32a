package dev.vextrus.rolloutkubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rolloutkubernetes.journal.ConfigMapJournal;
import dev.vextrus.rolloutkubernetes.resource.RolloutApproval;
import dev.vextrus.rolloutkubernetes.resource.RolloutApprovalSpec;
import dev.vextrus.rolloutkubernetes.resource.RolloutApprovalStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init") // the extension sets the client, and JUnit calls the set-up
class ApprovalInboxTest {
    KubernetesClient client;
    private FakeCluster cluster;

    @BeforeEach
    void aSecondReleaseBakes() {
        cluster = new FakeCluster(client);
        cluster.apply("1");
        cluster.runUntil(
                cluster.open(),
                status -> status.phase() != null && status.phase().equals("Serving"));
        cluster.apply("2");
        cluster.runUntil(cluster.open(), status -> "Baking 1/2".equals(status.phase()));
    }

    @Test
    void a_bake_ends_by_an_approval_which_is_journalled_under_its_givers_name() {
        approve("a", FakeCluster.NAME, "promote", "2");

        cluster.runUntil(cluster.open(), status -> "Baking 2/2".equals(status.phase()));

        assertThat(answer("a").state()).isEqualTo("Taken");
        assertThat(journal()).contains("promote by anna (looked at it)");
    }

    @Test
    void an_approval_acts_once_however_many_operators_find_it() {
        approve("a", FakeCluster.NAME, "promote", "2");
        Session killed = cluster.open();
        killed.advance(cluster.resource());
        RolloutApproval untold = approval("a");
        untold.setStatus(null);
        client.resource(untold).update();

        cluster.runUntil(cluster.open(), status -> "promoted".equals(status.outcome()));

        assertThat(journal().split("promote by anna", -1)).hasSize(2);
        assertThat(answer("a").state()).isEqualTo("Taken");
    }

    @Test
    void an_approval_of_another_release_lets_nothing_go_on() {
        approve("a", FakeCluster.NAME, "promote", "3");

        Session session = cluster.open();
        cluster.pass(session.advance(cluster.resource()));
        cluster.pass(session.advance(cluster.resource()));

        assertThat(cluster.status().phase()).isEqualTo("Baking 1/2");
        assertThat(answer("a").state()).isEqualTo("Refused");
        assertThat(answer("a").message()).contains("it is for 3; on trial is 2");
    }

    @Test
    void an_approval_of_another_workload_is_left_to_that_one() {
        approve("a", "shop", "promote", "2");

        Session session = cluster.open();
        cluster.pass(session.advance(cluster.resource()));

        assertThat(cluster.status().phase()).isEqualTo("Baking 1/2");
        assertThat(approval("a").getStatus()).isNull();
    }

    @Test
    void a_release_that_went_back_comes_again_by_an_approval_also_where_the_journal_was_lost() {
        cluster.annotate("vextrus.dev/abort", "customers complain");
        cluster.runUntil(cluster.open(), status -> "rolled-back".equals(status.outcome()));
        client.configMaps().inNamespace(FakeCluster.NAMESPACE).delete();
        String hash = Objects.requireNonNull(cluster.status().rejectedHash());

        approve("a", FakeCluster.NAME, "retry", hash);
        cluster.runUntil(cluster.open(), status -> "promoted".equals(status.outcome()));

        assertThat(cluster.target.versions(Color.GREEN)).containsOnly("2");
        assertThat(answer("a").state()).isEqualTo("Taken");
    }

    private void approve(String name, String rollout, String command, String release) {
        RolloutApproval approval = new RolloutApproval();
        approval.setMetadata(new ObjectMetaBuilder()
                .withNamespace(FakeCluster.NAMESPACE)
                .withName(name)
                .build());
        approval.setSpec(new RolloutApprovalSpec(rollout, command, release, "anna", "looked at it"));
        client.resource(approval).create();
    }

    private RolloutApproval approval(String name) {
        return client.resources(RolloutApproval.class)
                .inNamespace(FakeCluster.NAMESPACE)
                .withName(name)
                .get();
    }

    private RolloutApprovalStatus answer(String name) {
        @Nullable RolloutApprovalStatus status = approval(name).getStatus();
        return Objects.requireNonNull(status, "nobody answered " + name);
    }

    private String journal() {
        return ConfigMapJournal.read(client, FakeCluster.NAMESPACE, FakeCluster.NAME)
                .toString();
    }
}
