package dev.vextrus.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vextrus.cli.output.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceFileTest {
    @TempDir
    private Path folder;

    @Test
    void a_resource_that_nests_without_end_is_an_invalid_plan_with_its_line() throws IOException {
        Path file = Files.writeString(
                folder.resolve("rollout.yaml"), "kind: PhasedRollout\nspec:\n  template: " + "[".repeat(1_000_000));

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> ResourceFile.read(file))
                .withMessageContaining("rollout.yaml:3:")
                .withMessageContaining("nested too deeply")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("PLAN_INVALID"));
    }

    @Test
    void a_resource_in_another_encoding_is_told_so() throws IOException {
        Path file = folder.resolve("rollout.yaml");
        Files.write(file, "kind: PhasedRollout\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> ResourceFile.read(file))
                .withMessageContaining("not UTF-8");
    }
}
