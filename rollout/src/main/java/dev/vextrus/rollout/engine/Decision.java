package dev.vextrus.rollout.engine;

import java.time.Duration;
import java.util.List;

/**
 * What one step decided.
 *
 * @param actions to carry out in order, before the next step
 * @param looks to have answered for a later step, the sooner the better
 * @param recheckAfter when to step again, at the latest
 * @param notes why, a sentence each, for the audit; empty when nothing worth recording happened
 */
public record Decision(
        RolloutState next, List<Action> actions, List<Look> looks, Duration recheckAfter, List<String> notes) {
    public Decision {
        actions = List.copyOf(actions);
        looks = List.copyOf(looks);
        notes = List.copyOf(notes);
    }
}
