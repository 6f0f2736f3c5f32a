package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.Optional;

/** Two resources for one workload would pull its traffic to and fro: the older one keeps it. */
final class Rivals {
    private static final Comparator<PhasedRollout> OLDEST = Comparator.<PhasedRollout, String>comparing(
                    r -> r.getMetadata().getCreationTimestamp())
            .thenComparing(r -> r.getMetadata().getUid());

    private Rivals() {}

    /** Why {@code resource} is not carried out; empty where it is. */
    static Optional<String> of(KubernetesClient client, PhasedRollout resource) {
        return client
                .resources(PhasedRollout.class)
                .inNamespace(resource.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(other -> !other.getMetadata()
                                .getUid()
                                .equals(resource.getMetadata().getUid())
                        && service(other).equals(service(resource))
                        && OLDEST.compare(other, resource) < 0)
                .findFirst()
                .map(other -> "traffic.service: '" + service(resource) + "' belongs to the PhasedRollout "
                        + other.getMetadata().getName() + "; name another Service, or delete one of the two");
    }

    static String service(PhasedRollout resource) {
        String named = resource.getSpec().wantedTraffic().service();
        return named == null ? resource.getMetadata().getName() : named;
    }
}
