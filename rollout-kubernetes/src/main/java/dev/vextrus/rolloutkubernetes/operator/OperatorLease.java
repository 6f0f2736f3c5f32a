package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.preflight.Check;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Whether an operator is seen to run: without one a resource is taken, and nothing happens. */
final class OperatorLease {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final String NAME = "operator";

    private OperatorLease() {}

    static Check check(KubernetesClient client, String namespace, Instant now) {
        return leases(client, namespace).stream()
                .filter(lease -> held(lease, now))
                .min(Comparator.comparing(lease -> !own(lease, namespace)))
                .map(lease -> Check.ok(
                        NAME,
                        "an operator runs: " + lease.getSpec().getHolderIdentity()
                                + (own(lease, namespace)
                                        ? ""
                                        : ", with its lease in "
                                                + lease.getMetadata().getNamespace() + "; see that it watches "
                                                + namespace + " too")))
                .orElseGet(() -> Check.warning(
                        NAME,
                        "no operator is seen: no lease '" + RolloutOperator.LEASE + "' was renewed within a minute",
                        "start one with './vextrus operator --namespace " + namespace
                                + "', or in the cluster with deploy/operator/operator.yaml"));
    }

    /** Of the whole cluster; where that may not be asked, of the workload's namespace. */
    private static List<Lease> leases(KubernetesClient client, String namespace) {
        try {
            return client.leases()
                    .inAnyNamespace()
                    .withField("metadata.name", RolloutOperator.LEASE)
                    .list()
                    .getItems();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw refused;
            }
            Lease own = client.leases()
                    .inNamespace(namespace)
                    .withName(RolloutOperator.LEASE)
                    .get();
            return own == null ? List.of() : List.of(own);
        }
    }

    private static boolean own(Lease lease, String namespace) {
        return namespace.equals(lease.getMetadata().getNamespace());
    }

    private static boolean held(Lease lease, Instant now) {
        return lease.getSpec() != null
                && lease.getSpec().getRenewTime() != null
                && lease.getSpec().getHolderIdentity() != null
                && lease.getSpec().getRenewTime().toInstant().isAfter(now.minus(FRESH));
    }
}
