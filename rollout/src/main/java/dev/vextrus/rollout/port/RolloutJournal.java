package dev.vextrus.rollout.port;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a rollout. What {@link #append} returned is durable and chained to all before it. One controller at a
 * time writes; another that still believes to be in charge fails with {@link JournalFenced} before it can act.
 */
public interface RolloutJournal extends AutoCloseable {

    /**
     * @throws JournalFenced if another controller has written meanwhile
     */
    JournalEntry append(JournalRecord what, Instant at);

    /** Everything appended so far, oldest first. */
    List<JournalEntry> entries();

    /**
     * Remembers a state that came of mere watching, in place of the checkpoint before; not chained.
     *
     * @throws JournalFenced if another controller has written meanwhile
     */
    void checkpoint(RolloutState state);

    /** The checkpoint made since the last appended entry; null if there is none. */
    @Nullable
    RolloutState checkpointed();

    @Override
    void close();
}
