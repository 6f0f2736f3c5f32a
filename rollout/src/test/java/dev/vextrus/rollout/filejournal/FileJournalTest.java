package dev.vextrus.rollout.filejournal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.port.JournalFenced;
import dev.vextrus.rollout.report.HtmlReport;
import dev.vextrus.rollout.report.MarkdownReport;
import dev.vextrus.rollout.report.RolloutReport;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    @TempDir
    Path folder;

    @Test
    void what_was_appended_is_read_back() {
        try (FileJournal journal = FileJournal.open(folder)) {
            journal.append(new JournalRecord.Resumed("ada"), NOW);
            journal.append(new JournalRecord.Acted(1, 0, null, List.of("a.log")), NOW);
        }
        assertThat(FileJournal.read(folder))
                .extracting(e -> e.what())
                .containsExactly(
                        new JournalRecord.Resumed("ada"), new JournalRecord.Acted(1, 0, null, List.of("a.log")));
    }

    @Test
    void a_torn_last_line_is_cut_off_and_writing_goes_on() throws IOException {
        twoEntries();
        Files.writeString(file(), "0123 torn", StandardOpenOption.APPEND);

        try (FileJournal journal = FileJournal.open(folder)) {
            assertThat(journal.entries()).hasSize(2);
            journal.append(new JournalRecord.Resumed("grace"), NOW);
        }
        assertThat(FileJournal.read(folder)).hasSize(3);
    }

    @Test
    void any_flipped_byte_is_found() throws IOException {
        twoEntries();
        byte[] bytes = Files.readAllBytes(file());
        for (int i = 0; i < bytes.length - 1; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            Files.write(file(), flipped);
            int at = i;
            assertThatThrownBy(() -> FileJournal.read(folder)).as("byte %d", at).isInstanceOf(JournalTampered.class);
        }
    }

    @Test
    void an_entry_taken_out_is_found() throws IOException {
        twoEntries();
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), lines.subList(1, 2));

        assertThatThrownBy(() -> FileJournal.open(folder)).isInstanceOf(JournalTampered.class);
    }

    @Test
    void a_journal_that_ends_before_its_checkpoint_is_found() throws IOException {
        World world = new World(Plans.hourly(), 5);
        try (FileJournal journal = FileJournal.open(folder)) {
            world.journal = journal;
            world.runUntil(world.open(), s -> s.watch().canary().requests() > 50);
        }
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), lines.subList(0, lines.size() - 2));

        assertThatThrownBy(() -> FileJournal.open(folder))
                .isInstanceOf(JournalTampered.class)
                .hasMessageContaining("checkpoint");
    }

    @Test
    void a_second_controller_is_kept_out() {
        try (FileJournal first = FileJournal.open(folder)) {
            assertThatThrownBy(() -> FileJournal.open(folder)).isInstanceOf(JournalFenced.class);
            first.append(new JournalRecord.Resumed("ada"), NOW);
        }
        FileJournal.open(folder).close();
    }

    @Test
    void a_writer_whose_file_was_written_by_another_is_fenced_before_it_acts() throws IOException {
        try (FileJournal journal = FileJournal.open(folder)) {
            journal.append(new JournalRecord.Resumed("ada"), NOW);
            Files.writeString(file(), "another controller", StandardOpenOption.APPEND);

            assertThatThrownBy(() -> journal.append(new JournalRecord.Resumed("ada"), NOW))
                    .isInstanceOf(JournalFenced.class);
        }
    }

    @Test
    void a_rollout_goes_on_from_its_files_and_its_report_tells_all() {
        World world = new World(Plans.of(
                List.of(Plans.brief(1, 30, Duration.ofMinutes(2)), Plans.brief(2, 100, Duration.ofMinutes(2)))));
        try (FileJournal journal = FileJournal.open(folder)) {
            world.journal = journal;
            world.runUntil(world.open(), StageKind.BAKING, 0);
        }
        world.traffic.faults((color, now) -> color == Color.GREEN ? 0.5 : 0);
        try (FileJournal journal = FileJournal.open(folder)) {
            world.journal = journal;
            Controller controller = world.open();
            assertThat(controller.state().stage().kind()).isEqualTo(StageKind.BAKING);
            assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.ROLLED_BACK);
        }
        RolloutReport report = RolloutReport.of(
                        FileJournal.read(folder), FileJournal.readCheckpoint(folder), world.clock.instant())
                .orElseThrow();

        assertThat(MarkdownReport.render(report))
                .contains("# finance: 1.0.0 -> 1.1.0: rolled-back", "**HARMFUL_ERRORS**", "taken up again by test")
                .contains("## Numbers behind the reason\n\n- canaryCount: ");
        assertThat(HtmlReport.render(report))
                .contains("HARMFUL_ERRORS", "1.0.0 → 1.1.0", "first canary request to decision", report.head())
                .doesNotContain("<script", "http://", "https://", "src=");
        assertThat(report.status().secondsToDecision()).isNotNull();
        assertThat(report.status().integrity()).isNotNull();
    }

    private void twoEntries() {
        try (FileJournal journal = FileJournal.open(folder)) {
            journal.append(new JournalRecord.Resumed("ada"), NOW);
            journal.append(new JournalRecord.Resumed("grace"), NOW);
        }
    }

    private Path file() {
        return folder.resolve("journal.jsonl");
    }
}
