package dev.vextrus.rollout.testkit;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.port.RolloutJournal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal whose controller may be killed as it writes; checkpoints are too many to die at each, and lose only watching. */
public record JournalOfTheDying(RolloutJournal real, Writing writing) implements RolloutJournal {

    /** Writes an entry, or dies before or after it. */
    @FunctionalInterface
    public interface Writing {
        JournalEntry write(RolloutJournal real, JournalRecord what, Instant at);
    }

    @Override
    public JournalEntry append(JournalRecord what, Instant at) {
        return writing.write(real, what, at);
    }

    @Override
    public List<JournalEntry> entries() {
        return real.entries();
    }

    @Override
    public void checkpoint(RolloutState state) {
        real.checkpoint(state);
    }

    @Override
    public @Nullable RolloutState checkpointed() {
        return real.checkpointed();
    }

    @Override
    public void close() {}
}
