package dev.vextrus.rolloutkubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import dev.vextrus.rolloutkubernetes.testkit.PatientClient;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, kubernetesClientBuilderCustomizer = PatientClient.class)
@SuppressWarnings("NullAway.Init") // the extension sets the client, and JUnit calls the set-up
class AdoptionTest {
    KubernetesClient client;
    private FakeCluster cluster;

    @BeforeEach
    void aDeploymentServes() {
        cluster = new FakeCluster(client);
        client.resource(client.getKubernetesSerialization().unmarshal("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: shop, namespace: shop, generation: 1}
                        spec:
                          replicas: 10
                          selector: {matchLabels: {app: shop}}
                          template:
                            metadata: {labels: {app: shop}}
                            spec: {containers: [{name: shop, image: "shop:1"}]}
                        status: {observedGeneration: 1, readyReplicas: 10, updatedReplicas: 10}
                        """, Deployment.class))
                .create();
        client.resource(client.getKubernetesSerialization().unmarshal("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: shop-1, namespace: shop, labels: {app: shop}}
                        spec: {containers: [{name: shop, image: "shop:1"}]}
                        status: {conditions: [{type: Ready, status: "True"}]}
                        """, Pod.class))
                .create();
        cluster.applyFor("shop");
    }

    @Test
    void its_pods_stay_until_those_of_the_colour_serve_then_drain_and_only_then_it_is_scaled_to_nothing() {
        Session session = cluster.open();

        cluster.runUntil(session, status -> "Draining".equals(adopted(status)));
        assertThat(cluster.target.observe().ready(Color.BLUE)).isEqualTo(10);
        assertThat(cluster.drained).containsExactly("shop-1");
        assertThat(replicas()).isEqualTo(10);

        cluster.runUntil(session, status -> "Adopted".equals(adopted(status)));
        assertThat(replicas()).isZero();
        assertThat(shop().getMetadata().getAnnotations()).containsEntry(Names.ADOPTED_REPLICAS, "10");
    }

    @Test
    void its_pods_stay_while_a_service_knows_no_others() {
        service("app: shop, tier: front");
        client.apps().deployments().inNamespace("shop").withName("shop").edit(deployment -> {
            deployment.getSpec().getTemplate().getMetadata().getLabels().put("tier", "front");
            return deployment;
        });
        Session session = cluster.open();

        cluster.runUntil(session, status -> "ServiceCutOff".equals(adopted(status)));

        assertThat(replicas()).isEqualTo(10);
        assertThat(cluster.drained).isEmpty();
    }

    @Test
    void asked_to_give_it_back_it_serves_with_all_its_pods_before_the_colours_go() {
        Session session = cluster.open();
        cluster.runUntil(session, status -> "Adopted".equals(adopted(status)));
        client.apps().deployments().inNamespace("shop").withName("shop").edit(deployment -> {
            deployment.getStatus().setReadyReplicas(0);
            return deployment;
        });

        cluster.annotate(Adoption.GIVE_BACK, "we part");
        cluster.runUntil(session, status -> "GivingBack".equals(adopted(status)));
        assertThat(replicas()).isEqualTo(10);
        assertThat(cluster.givenTo).isEmpty();
        assertThat(cluster.target.observe().ready(Color.BLUE)).isEqualTo(10);

        client.apps().deployments().inNamespace("shop").withName("shop").edit(deployment -> {
            deployment.getStatus().setReadyReplicas(10);
            deployment
                    .getStatus()
                    .setObservedGeneration(deployment.getMetadata().getGeneration());
            return deployment;
        });
        cluster.runUntil(session, status -> "GivenBack".equals(status.phase()));
        assertThat(cluster.givenTo).containsExactly("shop-1");
        assertThat(cluster.target.versions(Color.BLUE)).isEmpty();
    }

    private void service(String selector) {
        client.resource(client.getKubernetesSerialization().unmarshal("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: front, namespace: shop}
                        spec: {selector: {%s}}
                        """.formatted(selector), Service.class))
                .create();
    }

    private Resource<Deployment> deployment() {
        return client.apps().deployments().inNamespace("shop").withName("shop");
    }

    private Deployment shop() {
        return Objects.requireNonNull(deployment().get());
    }

    private int replicas() {
        return shop().getSpec().getReplicas();
    }

    private static String adopted(PhasedRolloutStatus status) {
        return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .filter(condition -> condition.getType().equals("Adopted"))
                .map(Condition::getReason)
                .findFirst()
                .orElse("");
    }
}
