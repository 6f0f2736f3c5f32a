package dev.vextrus.rolloutkubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import dev.vextrus.rolloutkubernetes.testkit.PatientClient;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, kubernetesClientBuilderCustomizer = PatientClient.class)
@SuppressWarnings("NullAway.Init") // the extension sets the client, and JUnit calls the set-up
class SessionTest {
    KubernetesClient client;
    private FakeCluster cluster;

    @BeforeEach
    void firstReleaseServes() {
        cluster = new FakeCluster(client);
        cluster.apply("1");
        cluster.runUntil(cluster.open(), status -> isTrue(status, "Ready"));
    }

    @Test
    void the_first_release_of_a_workload_serves_once_it_is_ready() {
        assertThat(cluster.target.versions(Color.BLUE)).hasSize(10).containsOnly("1");
        assertThat(routing().stable()).isEqualTo(Color.BLUE);
        assertThat(cluster.status().phase()).isEqualTo("Serving");
        assertThat(isTrue(cluster.status(), "Synced")).isTrue();
    }

    @Test
    void another_template_is_rolled_out_and_then_simply_is_the_stable_one() {
        cluster.apply("2");

        cluster.runUntil(cluster.open(), status -> "promoted".equals(status.outcome()));

        assertThat(routing().stable()).isEqualTo(Color.GREEN);
        assertThat(cluster.target.versions(Color.GREEN)).hasSize(10).containsOnly("2");
        PhasedRolloutStatus.Release stable =
                Objects.requireNonNull(cluster.status().stable());
        assertThat(stable.version()).isEqualTo("2");
        assertThat(isTrue(cluster.status(), "Synced")).isTrue();
        assertThat(events()).contains("Started", "Baking", "Completed");
    }

    @Test
    void a_command_by_annotation_acts_once_and_is_taken_away() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));

        cluster.annotate(AnnotationInbox.annotation(CommandKind.PAUSE), "lunch");
        cluster.runUntil(session, status -> "Paused 1/2".equals(status.phase()));
        assertThat(cluster.resource().getMetadata().getAnnotations())
                .doesNotContainKey(AnnotationInbox.annotation(CommandKind.PAUSE));

        cluster.annotate(AnnotationInbox.annotation(CommandKind.RESUME), "back");
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));
    }

    @Test
    void a_release_that_went_back_stays_out_until_somebody_retries() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));
        cluster.annotate(AnnotationInbox.annotation(CommandKind.ABORT), "customers complain");
        cluster.runUntil(session, status -> "rolled-back".equals(status.outcome()));

        assertThat(routing().weight()).isZero();
        assertThat(cluster.target.versions(Color.GREEN)).isEmpty();
        assertThat(condition(cluster.status(), "Synced").getReason()).isEqualTo("Rejected");
        for (int i = 0; i < 20; i++) {
            cluster.pass(session.advance(cluster.resource()));
        }
        Session next = cluster.open();
        cluster.pass(next.advance(cluster.resource()));
        assertThat(cluster.target.versions(Color.GREEN)).isEmpty();

        cluster.annotate(AnnotationInbox.annotation(CommandKind.RETRY), "the database was full");
        cluster.runUntil(next, status -> "promoted".equals(status.outcome()));
    }

    @Test
    void while_a_release_stays_out_the_one_that_serves_still_follows_its_replicas() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));
        cluster.annotate(AnnotationInbox.annotation(CommandKind.ABORT), "customers complain");
        cluster.runUntil(session, status -> "rolled-back".equals(status.outcome()));

        cluster.scale(12);
        for (int i = 0; i < 3; i++) {
            cluster.pass(session.advance(cluster.resource()));
        }

        assertThat(cluster.target.versions(Color.BLUE)).hasSize(12);
        assertThat(cluster.target.versions(Color.GREEN)).isEmpty();
    }

    @Test
    void a_canary_that_a_person_takes_away_is_an_abort() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));

        cluster.takeAway(Color.GREEN);
        cluster.runUntil(session, status -> "rolled-back".equals(status.outcome()));

        assertThat(cluster.status().reason()).isEqualTo("ABORTED_BY_PERSON");
        assertThat(cluster.status().message()).contains("deleted");
    }

    @Test
    void what_somebody_edits_in_mid_bake_is_put_back_and_told() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));

        cluster.edit("deployment till-green was changed");
        session.advance(cluster.resource());

        assertThat(client.v1().events().inNamespace("shop").list().getItems())
                .extracting(Event::getMessage)
                .contains("deployment till-green was changed");
        assertThat(cluster.status().phase()).isEqualTo("Baking 1/2");
    }

    @Test
    void a_status_that_was_wiped_is_written_again_though_nothing_else_changed() {
        Session session = cluster.open();
        session.advance(cluster.resource());

        cluster.wipeStatus();
        session.advance(cluster.resource());

        assertThat(cluster.status().phase()).isEqualTo("Serving");
    }

    @Test
    void deletion_in_mid_bake_goes_back_to_stable_first() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));

        withdraw(session);

        assertThat(routing().weight()).isZero();
        assertThat(routing().stable()).isEqualTo(Color.BLUE);
        assertThat(cluster.target.versions(Color.BLUE)).hasSize(10);
        assertThat(cluster.target.versions(Color.GREEN)).isEmpty();
    }

    @Test
    void a_newer_template_takes_the_running_ones_place() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));

        cluster.apply("3");
        cluster.runUntil(session, status -> "promoted".equals(status.outcome()));

        assertThat(cluster.target.versions(routing().stable())).containsOnly("3");
        assertThat(cluster.status().rejectedHash()).isNull();
    }

    @Test
    void the_stable_template_given_again_in_mid_bake_is_an_abort() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));

        cluster.apply("1");
        cluster.runUntil(session, status -> "rolled-back".equals(status.outcome()));

        cluster.runUntil(session, status -> isTrue(status, "Synced"));
        assertThat(cluster.target.versions(Color.BLUE)).containsOnly("1");
    }

    @Test
    void undo_brings_the_release_before_back_and_keeps_it_until_the_template_changes() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "promoted".equals(status.outcome()));

        cluster.annotate(Undo.ANNOTATION, Undo.PREVIOUS);
        cluster.runUntil(
                session,
                status -> status.pinnedRevision() != null
                        && status.stable() != null
                        && status.stable().version().equals("1"));
        for (int i = 0; i < 5; i++) {
            cluster.pass(cluster.open().advance(cluster.resource()));
        }
        assertThat(cluster.target.versions(routing().stable())).containsOnly("1");
        assertThat(condition(cluster.status(), "Synced").getReason()).isEqualTo("Pinned");

        cluster.apply("3");
        cluster.runUntil(
                session,
                status -> status.stable() != null && status.stable().version().equals("3"));
        assertThat(cluster.status().pinnedRevision()).isNull();
    }

    @Test
    void with_journal_and_status_lost_roles_and_weight_are_read_back_and_nothing_rises_unasked() {
        cluster.apply("2");
        cluster.runUntil(cluster.open(), status -> "Baking 1/2".equals(status.phase()));
        client.configMaps().inNamespace(FakeCluster.NAMESPACE).delete();
        PhasedRollout wiped = cluster.resource();
        wiped.setStatus(PhasedRolloutStatus.NONE);
        client.resource(wiped).updateStatus();

        Session session = cluster.open();
        cluster.runUntil(session, status -> "AwaitingApproval 1/2".equals(status.phase()));
        for (int i = 0; i < 300; i++) {
            cluster.pass(session.advance(cluster.resource()));
        }
        assertThat(routing().weight()).isEqualTo(0.1);

        cluster.annotate(AnnotationInbox.annotation(CommandKind.PROMOTE), "it was well");
        cluster.runUntil(session, status -> "promoted".equals(status.outcome()));
        assertThat(routing().stable()).isEqualTo(Color.GREEN);
    }

    @Test
    void with_the_journal_alone_lost_the_stable_release_serves_again_and_another_release_goes_on_from_there() {
        cluster.apply("2");
        cluster.runUntil(cluster.open(), status -> "Baking 1/2".equals(status.phase()));
        long written = journalMark().sequence();
        client.configMaps().inNamespace(FakeCluster.NAMESPACE).delete();

        Session session = cluster.open();
        cluster.runUntil(session, status -> "rolled-back".equals(status.outcome()));

        assertThat(routing().weight()).isZero();
        assertThat(cluster.target.versions(Color.BLUE)).hasSize(10).containsOnly("1");
        assertThat(cluster.status().message()).contains("the journal was deleted");
        assertThat(events()).contains("JournalLost");
        assertThat(journalMark().sequence()).isGreaterThan(written);
        cluster.apply("3");
        cluster.runUntil(cluster.open(), status -> "promoted".equals(status.outcome()));
    }

    @Test
    void with_the_journal_lost_a_release_that_went_back_stays_out_all_the_same() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Baking 1/2".equals(status.phase()));
        cluster.annotate(AnnotationInbox.annotation(CommandKind.ABORT), "customers complain");
        cluster.runUntil(session, status -> "rolled-back".equals(status.outcome()));
        client.configMaps().inNamespace(FakeCluster.NAMESPACE).delete();

        for (int i = 0; i < 10; i++) {
            cluster.pass(cluster.open().advance(cluster.resource()));
        }
        assertThat(cluster.target.versions(Color.GREEN)).isEmpty();
        assertThat(condition(cluster.status(), "Synced").getReason()).isEqualTo("Rejected");

        cluster.annotate(AnnotationInbox.annotation(CommandKind.RETRY), "the database was full");
        cluster.runUntil(cluster.open(), status -> "promoted".equals(status.outcome()));
    }

    @Test
    void deletion_with_the_journal_lost_goes_back_to_stable_first_too() {
        cluster.apply("2");
        cluster.runUntil(cluster.open(), status -> "Baking 1/2".equals(status.phase()));
        client.configMaps().inNamespace(FakeCluster.NAMESPACE).delete();

        Session session = cluster.open();
        withdraw(session);

        assertThat(routing().weight()).isZero();
        assertThat(cluster.target.versions(Color.GREEN)).isEmpty();
    }

    @Test
    void operators_that_are_killed_again_and_again_are_followed_by_one_that_goes_on() {
        cluster.apply("2");
        for (int i = 0; i < 200 && !"promoted".equals(cluster.status().outcome()); i++) {
            Session killedSoon = cluster.open();
            for (int step = 0; step < 3; step++) {
                cluster.pass(killedSoon.advance(cluster.resource()));
            }
        }
        assertThat(cluster.status().outcome()).isEqualTo("promoted");
        assertThat(cluster.target.effects()).doesNotHaveDuplicates();
    }

    @Test
    void the_status_stays_small() {
        cluster.apply("2");
        Session session = cluster.open();
        cluster.runUntil(session, status -> {
            String json = client.getKubernetesSerialization().asJson(status);
            assertThat(json.getBytes(StandardCharsets.UTF_8).length).isLessThan(16 * 1024);
            return "promoted".equals(status.outcome());
        });
    }

    private PhasedRolloutStatus.JournalMark journalMark() {
        return Objects.requireNonNull(cluster.status().journal());
    }

    private Routing routing() {
        return Objects.requireNonNull(cluster.target.routing());
    }

    private java.util.List<String> events() {
        return client.v1().events().inNamespace(FakeCluster.NAMESPACE).list().getItems().stream()
                .map(Event::getReason)
                .toList();
    }

    private static boolean isTrue(PhasedRolloutStatus status, String type) {
        return status.conditions() != null
                && condition(status, type).getStatus().equals("True");
    }

    private static Condition condition(PhasedRolloutStatus status, String type) {
        return Objects.requireNonNull(status.conditions()).stream()
                .filter(c -> c.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Until it has gone back to stable, or for a hundred steps. */
    private void withdraw(Session session) {
        PhasedRollout going = cluster.resource();
        int steps = 0;
        for (Duration due = session.withdraw(going); !due.isZero() && steps < 100; due = session.withdraw(going)) {
            cluster.pass(due);
            steps++;
        }
    }
}
