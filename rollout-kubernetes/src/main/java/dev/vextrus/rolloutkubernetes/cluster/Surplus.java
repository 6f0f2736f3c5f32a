package dev.vextrus.rolloutkubernetes.cluster;

import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;

/** Which pods of a colour go when it has too many. */
final class Surplus {
    /** Tells the Deployment's controller to take this pod before others. */
    static final String CHEAPEST_TO_DELETE =
            "{\"metadata\":{\"annotations\":{\"controller.kubernetes.io/pod-deletion-cost\":\"-1000\"}}}";

    /** Those that are not ready, then those that serve nobody, then the newest. */
    static final Comparator<Pod> FIRST_TO_GO = Comparator.comparing((Pod pod) -> PodReading.ready(pod))
            .thenComparing(pod -> pod.getMetadata().getLabels().containsKey(Names.SERVING))
            .thenComparing(PodReading.OLDEST_FIRST.reversed());

    private Surplus() {}
}
