package dev.vextrus.rolloutkubernetes.pods;

import dev.vextrus.rollout.plan.RunSpec;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/** Calls to the management port that a release's template names. */
public final class ManagementCalls {
    private static final Duration DRAIN_AT_MOST = Duration.ofSeconds(3);

    private final PodCalls calls;

    public ManagementCalls(PodCalls calls) {
        this.calls = calls;
    }

    /** Number of the pod's management port; empty where its release offers none. */
    public static OptionalInt port(Pod pod, RunSpec.PodTemplate template) {
        String name = template.managementPort();
        return name == null ? OptionalInt.empty() : PodReading.port(pod, template.container(), name);
    }

    /**
     * Tells a pod to let its connections go.
     *
     * @return whether it took the order; false also where it offers no drain
     */
    public boolean drain(Pod pod, RunSpec.PodTemplate template) {
        OptionalInt port = port(pod, template);
        if (port.isEmpty()) {
            return false;
        }
        try {
            return calls.post(pod, port.getAsInt(), "/rollout/v1/drain", DRAIN_AT_MOST)
                                    .status()
                            / 100
                    == 2;
        } catch (IOException silence) {
            return false; // a pod that does not answer has nothing to finish, or ends by its own pre-stop hook
        }
    }
}
