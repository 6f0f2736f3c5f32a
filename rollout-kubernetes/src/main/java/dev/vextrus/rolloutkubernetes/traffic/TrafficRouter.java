package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.port.Target.Capabilities;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one workload to its two colours. Which routing was ordered stands in the cluster itself, with its
 * epoch, so that any controller finds it and an outdated one is refused.
 */
public interface TrafficRouter {

    /** Makes ahead of time what takes a while to start; does nothing where it stands. */
    default void prepare() {}

    /**
     * Returns when new requests follow {@code routing}.
     *
     * @throws dev.vextrus.rollout.port.StaleEpoch if a higher epoch stands
     * @throws dev.vextrus.rollout.port.TargetUnavailable if the routing was not taken, or not seen in force in time
     */
    void apply(Routing routing, Standing standing);

    /**
     * Brings what came or went since (pods, a proxy that started anew) in line with the routing that stands, and says
     * which it is; null before the first.
     *
     * @throws dev.vextrus.rollout.port.TargetUnavailable if that cannot be known
     */
    @Nullable
    Routing follow(Standing standing);

    /** Requests being answered per colour; empty where the router does not count them. */
    Map<Color, Integer> inFlight();

    Capabilities capabilities();
}
