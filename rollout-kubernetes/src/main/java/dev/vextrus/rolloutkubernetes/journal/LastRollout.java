package dev.vextrus.rolloutkubernetes.journal;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last rollout that a journal tells of. */
public record LastRollout(RolloutPlan plan, RolloutState state) {

    /**
     * @param watched the state watched since the last entry; null if there is none
     * @return empty where no rollout was ever begun
     */
    public static Optional<LastRollout> of(List<JournalEntry> entries, @Nullable RolloutState watched) {
        RolloutPlan plan = null;
        RolloutState state = null;
        for (JournalEntry entry : entries) {
            if (entry.what() instanceof JournalRecord.Started started) {
                plan = started.plan();
                state = started.state();
            } else if (entry.what() instanceof JournalRecord.Decided decided) {
                state = decided.state();
            }
        }
        if (plan == null || state == null) {
            return Optional.empty();
        }
        boolean newer = watched != null
                && watched.id().equals(state.id())
                && !state.stage().kind().ended();
        return Optional.of(new LastRollout(plan, newer && watched != null ? watched : state));
    }

    public boolean ended() {
        return state.stage().kind().ended();
    }
}
