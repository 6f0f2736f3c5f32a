package dev.vextrus.rollout.report;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.status.StatusView;
import dev.vextrus.rollout.status.Statuses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report tells, whatever its form.
 *
 * @param log every decision, oldest first
 * @param entries journal entries that the report rests on
 * @param head hash of the last of them: with it, nothing of the log can be changed unnoticed
 */
public record RolloutReport(StatusView status, List<LogLine> log, long entries, String head) {

    /** @param failed whether it tells of an action that could not be carried out */
    public record LogLine(Instant at, String text, boolean failed) {}

    /**
     * The last rollout of a journal.
     *
     * @param watched a newer state than the journal's last entry holds; null if there is none
     * @return empty for a journal without a rollout
     */
    public static Optional<RolloutReport> of(List<JournalEntry> entries, @Nullable RolloutState watched, Instant now) {
        RolloutPlan plan = null;
        RolloutState state = null;
        List<LogLine> log = new ArrayList<>();
        for (JournalEntry entry : entries) {
            switch (entry.what()) {
                case JournalRecord.Started started -> {
                    plan = started.plan();
                    state = started.state();
                    log.clear();
                    log.add(new LogLine(entry.at(), "started by " + started.by(), false));
                }
                case JournalRecord.Resumed resumed ->
                    log.add(new LogLine(entry.at(), "taken up again by " + resumed.by(), false));
                case JournalRecord.Decided decided -> {
                    state = decided.state();
                    decided.why().forEach(why -> log.add(new LogLine(entry.at(), why, false)));
                }
                case JournalRecord.Acted acted -> {
                    if (acted.failure() != null) {
                        log.add(new LogLine(entry.at(), acted.failure(), true));
                    }
                }
            }
        }
        if (plan == null || state == null) {
            return Optional.empty();
        }
        RolloutState newest = watched != null && watched.id().equals(state.id()) ? watched : state;
        return Optional.of(new RolloutReport(
                Statuses.of(plan, newest, now),
                List.copyOf(log),
                entries.size(),
                entries.getLast().hash()));
    }
}
