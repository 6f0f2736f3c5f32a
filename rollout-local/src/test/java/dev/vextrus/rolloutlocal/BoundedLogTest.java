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
