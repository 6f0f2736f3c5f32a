package dev.vextrus.rollout.audit;

import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The releases that were stable, one after the other, as a journal tells them. */
public final class Revisions {
    private Revisions() {}

    /**
     * A release that was, or is, the stable one.
     *
     * @param number 1 for the first
     * @param since when it became stable; of the first, when the journal begins
     */
    public record Revision(int number, ReleaseSpec release, Instant since) {}

    /** Oldest first; the last one serves now, unless a rollout runs. Empty for an empty journal. */
    public static List<Revision> of(List<JournalEntry> entries) {
        List<Revision> revisions = new ArrayList<>();
        RolloutPlan plan = null;
        for (JournalEntry entry : entries) {
            if (entry.what() instanceof JournalRecord.Started started) {
                plan = started.plan();
                if (revisions.isEmpty()) {
                    revisions.add(new Revision(1, plan.stable(), entry.at()));
                }
            } else if (plan != null && completed(entry.what())) {
                ReleaseSpec promoted = plan.canary();
                if (!revisions.getLast().release().equals(promoted)) {
                    revisions.add(new Revision(revisions.size() + 1, promoted, entry.at()));
                }
            }
        }
        return revisions;
    }

    private static boolean completed(JournalRecord what) {
        return what instanceof JournalRecord.Decided decided
                && decided.state().stage().kind() == StageKind.COMPLETED;
    }
}
