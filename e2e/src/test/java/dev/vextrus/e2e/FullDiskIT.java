package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.filejournal.FileJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** X24: a disk that is full, and has room again later. Needs the right to mount a small one. */
class FullDiskIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void a_rollout_without_room_for_its_journal_says_so_and_goes_on_when_there_is_room() throws Exception {
        try (GreeterRollout rollout = GreeterRollout.onSmallDisk(folder, 8)) {
            rollout.start();
            rollout.awaitBakingUnderTraffic();

            Eventually.get(LIMIT, () -> {
                rollout.disk().fill();
                return rollout.said().contains("JOURNAL_UNWRITABLE") ? true : null;
            });
            assertThat(rollout.said()).contains("No space left on device", "make room");
            List<JournalEntry> whenFull = FileJournal.read(rollout.journal());
            long answered = rollout.answeredByCanary();
            Eventually.get(LIMIT, () -> {
                rollout.disk().fill();
                return rollout.answeredByCanary() > answered + 20 ? true : null;
            });

            rollout.disk().empty();
            FrontDoor.Ended ended = rollout.ended();
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
            assertThat(ended.json().path("outcome").asString()).isEqualTo("promoted");
            List<JournalEntry> whole = FileJournal.read(rollout.journal());
            assertThat(whole.subList(0, whenFull.size()))
                    .as("whole entries, before and after")
                    .isEqualTo(whenFull);
            assertThat(whole)
                    .filteredOn(entry -> entry.what() instanceof JournalRecord.Started)
                    .hasSize(1);
            assertThat(whole).anyMatch(entry -> entry.what() instanceof JournalRecord.Resumed);
        }
    }
}
