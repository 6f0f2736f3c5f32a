package dev.vextrus.rollout.port;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import java.util.List;

/**
 * Where releases run. Every call states what should be, not what should change, so that a controller that was killed
 * can repeat it: a call for something that already holds does nothing.
 *
 * <p>Calls return once the order is taken (routing: once it is in force); whether it worked is seen by
 * {@link #observe}. Instances that die are started again by the target, with a growing pause.
 */
public interface Target {

    /** @throws TargetUnavailable if the target cannot be asked */
    TargetView observe();

    /**
     * Makes {@code replicas} instances of {@code release} run in {@code color}; surplus instances are drained, then
     * stopped, newest first. An instance of another release in that colour is replaced.
     *
     * @throws TargetUnavailable if the target cannot be told; or, of a target that does not replace instances one by one,
     *     if all that serves would end for a release that is still to start
     */
    void deploy(Color color, ReleaseSpec release, int replicas);

    /**
     * Returns when every new request follows {@code routing}.
     *
     * @throws StaleEpoch if the router already follows a higher epoch: another controller has taken over
     * @throws TargetUnavailable if the router cannot be told
     */
    void route(Routing routing);

    /**
     * Lets a colour that gets no new requests finish those it has; returns at once.
     *
     * @throws TargetUnavailable if the target cannot be told
     */
    void drain(Color color);

    /**
     * Saves what explains a failure (logs, exits, figures) and says where.
     *
     * @return names of the files or objects written, empty where there was nothing to save
     * @throws TargetUnavailable if nothing could be saved
     */
    List<String> collectEvidence(Color color);

    /**
     * Ends every instance of a colour.
     *
     * @throws TargetUnavailable if the target cannot be told
     */
    void stop(Color color);

    Capabilities capabilities();

    /**
     * What this kind of target can do; its contract test checks the claims.
     *
     * @param routesByWeight whether any share between 0 and 1 can be routed, not only whole replicas
     * @param tenantCohorts whether named tenants can be routed
     */
    record Capabilities(boolean routesByWeight, boolean tenantCohorts) {}
}
