package dev.vextrus.rollout.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.testkit.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every journal promises; each adapter's test extends it. */
public abstract class RolloutJournalContract {
    protected static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    /** Opens the one journal of this test, as a controller that was started now would. */
    protected abstract RolloutJournal open();

    @Test
    void a_new_journal_is_empty() {
        try (RolloutJournal journal = open()) {
            assertThat(journal.entries()).isEmpty();
            assertThat(journal.checkpointed()).isNull();
        }
    }

    @Test
    void what_was_appended_is_there_after_reopening_chained_and_in_order() {
        List<JournalEntry> written = new ArrayList<>();
        try (RolloutJournal journal = open()) {
            written.add(journal.append(started("a"), NOW));
            written.add(journal.append(new JournalRecord.Resumed("ada"), NOW.plusSeconds(1)));
            written.add(journal.append(new JournalRecord.Acted(1, 0, null, List.of("a.log")), NOW.plusSeconds(2)));
            assertThat(journal.entries()).isEqualTo(written);
        }
        try (RolloutJournal journal = open()) {
            assertThat(journal.entries()).isEqualTo(written);
            JournalEntry next = journal.append(new JournalRecord.Resumed("grace"), NOW.plusSeconds(3));
            assertThat(next.sequence()).isEqualTo(4);
            assertThat(next.previous()).isEqualTo(written.getLast().hash());
        }
    }

    @Test
    void a_checkpoint_outlives_its_writer_until_the_next_entry() {
        RolloutState state = state("a");
        try (RolloutJournal journal = open()) {
            journal.append(started("a"), NOW);
            journal.checkpoint(state);
            assertThat(journal.checkpointed()).isEqualTo(state);
        }
        try (RolloutJournal journal = open()) {
            assertThat(journal.checkpointed()).isEqualTo(state);
            journal.append(new JournalRecord.Resumed("ada"), NOW);
            assertThat(journal.checkpointed()).isNull();
        }
        try (RolloutJournal journal = open()) {
            assertThat(journal.checkpointed()).isNull();
        }
    }

    @Test
    void of_two_that_have_it_open_only_one_writes() {
        try (RolloutJournal first = open()) {
            first.append(started("a"), NOW);
            assertThatThrownBy(() -> {
                        try (RolloutJournal second = open()) {
                            second.append(new JournalRecord.Resumed("second"), NOW);
                            first.append(new JournalRecord.Resumed("first"), NOW);
                        }
                    })
                    .isInstanceOf(JournalFenced.class);
        }
    }

    private static JournalRecord started(String id) {
        return new JournalRecord.Started(Plans.hourly(), state(id), "ada");
    }

    private static RolloutState state(String id) {
        return RolloutState.begin(id, Plans.hourly(), Color.BLUE, 0, List.of(), NOW);
    }
}
