package dev.vextrus.cli.rollout.view;

import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Instant;
import java.util.List;

/**
 * What there is to see at one moment.
 *
 * @param notes why things were decided, oldest first
 */
public record Scene(RolloutPlan plan, RolloutState state, Instant now, List<Note> notes) {
    public Scene {
        notes = List.copyOf(notes);
    }

    /** Something that was decided. */
    public record Note(Instant at, String text) {}
}
