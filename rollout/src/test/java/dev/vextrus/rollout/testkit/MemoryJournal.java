package dev.vextrus.rollout.testkit;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.port.RolloutJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal in memory whose entries are JSON, as the file's are: what cannot be read back is noticed. */
public final class MemoryJournal implements RolloutJournal {
    private final List<String> lines = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private @Nullable RolloutState checkpoint;
    private int checkpointAfter;

    @Override
    public JournalEntry append(JournalRecord what, Instant at) {
        lines.add(RolloutJson.mapper().writerFor(JournalRecord.class).writeValueAsString(what));
        times.add(at);
        return new JournalEntry(lines.size(), at, what, "", "");
    }

    @Override
    public List<JournalEntry> entries() {
        List<JournalEntry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            JournalRecord what = RolloutJson.mapper().readValue(lines.get(i), JournalRecord.class);
            entries.add(new JournalEntry(i + 1L, times.get(i), what, "", ""));
        }
        return entries;
    }

    @Override
    public void checkpoint(RolloutState state) {
        checkpoint = state;
        checkpointAfter = lines.size();
    }

    @Override
    public @Nullable RolloutState checkpointed() {
        return checkpointAfter == lines.size() ? checkpoint : null;
    }

    @Override
    public void close() {}
}
