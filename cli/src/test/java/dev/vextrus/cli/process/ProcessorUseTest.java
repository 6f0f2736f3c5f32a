package dev.vextrus.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorUseTest {
    @TempDir
    Path folder;

    private Path stat(String counters) throws IOException {
        return Files.writeString(folder.resolve("stat"), "cpu  " + counters + "\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
    }

    @Test
    void what_was_used_since_the_last_question_is_told_as_a_share() throws IOException {
        ProcessorUse use = new ProcessorUse(stat("1000 0 500 8000 100 10 20 30 0 0"));

        stat("1050 0 510 8035 100 11 22 32 0 0");
        assertThat(use.getAsDouble()).isEqualTo(0.65);
        assertThat(use.getAsDouble()).as("nothing has passed").isZero();
    }

    @Test
    void those_who_make_way_leave_the_processors_free() throws IOException {
        ProcessorUse use = new ProcessorUse(stat("1000 500 500 8000 100 0 0 0 0 0"));

        stat("1020 570 500 8005 105 0 0 0 0 0");
        assertThat(use.getAsDouble()).isEqualTo(0.2);
    }

    @Test
    void a_system_that_does_not_tell_is_taken_as_free() {
        assertThat(new ProcessorUse(folder.resolve("none")).getAsDouble()).isZero();
    }
}
