package dev.vextrus.rolloutlocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("finance.log");
    }

    @Test
    void a_log_within_its_bound_is_left_alone() throws IOException {
        Files.writeString(file, "ready\n");
        new BoundedLog(file, 100).trim();

        assertThat(file).hasContent("ready");
        assertThat(file.resolveSibling("finance.log.1")).doesNotExist();
    }

    @Test
    void its_last_line_that_says_something_is_told_and_silence_is_told_as_such() throws IOException {
        BoundedLog log = new BoundedLog(file, 100);
        assertThat(log.ending()).isEqualTo("it printed nothing");
        Files.writeString(file, "\n \n");
        assertThat(log.ending()).isEqualTo("it printed nothing");
        Files.writeString(file, "starting\n  port taken\n\n");
        assertThat(log.ending()).isEqualTo("its log ends with: port taken");
    }

    @Test
    void one_past_its_bound_begins_anew_and_only_the_last_is_kept() throws IOException {
        for (String day : new String[] {"monday ", "tuesday ", "wednesday "}) {
            Files.writeString(file, day.repeat(20), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            new BoundedLog(file, 100).trim();
        }

        assertThat(file).isEmptyFile();
        assertThat(file.resolveSibling("finance.log.1")).hasContent("wednesday ".repeat(20));
        assertThat(folder).isDirectoryNotContaining("glob:**.2");
    }
}
