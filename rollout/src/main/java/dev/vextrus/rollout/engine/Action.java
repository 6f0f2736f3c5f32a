package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;

/**
 * An order to the outside world. Each states what should be, so that carrying it out twice does nothing more.
 * Actions of one decision are carried out in order.
 */
public sealed interface Action {

    /** @param canary which of the plan's two releases is meant */
    record Deploy(Color color, boolean canary, int replicas) implements Action {}

    record Route(Routing routing) implements Action {}

    record Drain(Color color) implements Action {}

    record CollectEvidence(Color color) implements Action {}

    record Stop(Color color) implements Action {}

    /** @param page whether somebody should get up */
    record Tell(boolean page, String message) implements Action {}
}
