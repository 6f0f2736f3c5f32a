package dev.vextrus.rolloutkubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rollout.preflight.Check.Outcome;
import dev.vextrus.rolloutkubernetes.testkit.PatientClient;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, kubernetesClientBuilderCustomizer = PatientClient.class)
@SuppressWarnings("NullAway.Init") // the extension sets the client
class OperatorLeaseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    KubernetesClient client;

    @Test
    void where_no_operator_runs_the_check_warns_and_says_how_to_start_one() {
        Check check = OperatorLease.check(client, "shop", NOW);

        assertThat(check.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(check.remedy()).contains("vextrus operator --namespace shop");
    }

    @Test
    void an_operator_that_renewed_its_lease_is_named() {
        lease("shop", "anna/1", NOW.minusSeconds(10));

        Check check = OperatorLease.check(client, "shop", NOW);

        assertThat(check.outcome()).isEqualTo(Outcome.OK);
        assertThat(check.what()).contains("anna/1").doesNotContain("see that it watches");
    }

    @Test
    void one_with_its_lease_elsewhere_may_watch_elsewhere() {
        lease("vextrus-system", "vextrus-operator-7c", NOW.minusSeconds(10));

        assertThat(OperatorLease.check(client, "shop", NOW).what())
                .contains("vextrus-operator-7c", "see that it watches shop too");
    }

    @Test
    void a_lease_that_nobody_renews_is_that_of_an_operator_that_is_gone() {
        lease("shop", "anna/1", NOW.minusSeconds(100));

        assertThat(OperatorLease.check(client, "shop", NOW).outcome()).isEqualTo(Outcome.WARNING);
    }

    private void lease(String namespace, String holder, Instant renewed) {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(RolloutOperator.LEASE)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withRenewTime(renewed.atZone(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .create();
    }
}
