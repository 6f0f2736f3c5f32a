package dev.vextrus.rollout.audit;

import dev.vextrus.rollout.engine.Action;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing worth remembering. */
public sealed interface JournalRecord {

    /** A rollout began, with the plan as it was then. */
    record Started(RolloutPlan plan, RolloutState state, String by) implements JournalRecord {}

    /** A controller took over a running rollout. */
    record Resumed(String by) implements JournalRecord {}

    /**
     * A step decided something; its actions are intended from here on.
     *
     * @param why a sentence each
     */
    record Decided(RolloutState state, List<Action> actions, List<String> why) implements JournalRecord {
        public Decided {
            actions = List.copyOf(actions);
            why = List.copyOf(why);
        }
    }

    /**
     * An intended action was carried out, or could not be.
     *
     * @param decision sequence of the {@link Decided} entry
     * @param action its index there, from 0
     * @param failure why it was not carried out; null if it was
     * @param files evidence that it saved
     */
    record Acted(long decision, int action, @Nullable String failure, List<String> files) implements JournalRecord {
        public Acted {
            files = List.copyOf(files);
        }
    }
}
