package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.ReleaseProbe;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The workload of one {@code PhasedRollout} in the cluster, as its rollouts see and move it. */
interface Workload extends AutoCloseable {
    Target target();

    Metrics metrics();

    ReleaseProbe probe();

    /** The release that stands in {@code color}; empty where none does. */
    Optional<ReleaseSpec> ordered(Color color);

    /** Replicas that the colour's Deployment asks for at this moment, whoever wrote them; empty where there is none. */
    OptionalInt replicas(Color color);

    /**
     * Puts back what somebody else changed; a sentence for each.
     *
     * @param canary colour that stays empty where it was scaled to 0
     */
    List<String> revert(Color canary);

    /** Tells pods of neither colour, which run the release of {@code like}, to let their connections go. */
    void drain(List<Pod> pods, Color like);

    /**
     * Gives the Service that clients call back to pods of neither colour.
     *
     * @param otherwise what it selects where it came with the rollout
     * @param pods that it sends requests to on return
     */
    void giveBack(Map<String, String> otherwise, Set<String> pods);

    /**
     * Whether {@code resource} still says of router and metrics what it said when this was found.
     *
     * @throws IllegalArgumentException if it cannot be carried out, with the field and the remedy
     */
    boolean fits(PhasedRollout resource);

    @Override
    void close();

    /** Finds the workload of a resource. */
    interface Finder {
        /** @throws IllegalArgumentException if the resource cannot be carried out, with the field and the remedy */
        Workload find(PhasedRollout resource);
    }
}
