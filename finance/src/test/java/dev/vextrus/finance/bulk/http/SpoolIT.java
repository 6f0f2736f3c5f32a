package dev.vextrus.finance.bulk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.finance.database.CannotStart;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With other processes, some of them killed. */
class SpoolIT {

    @TempDir
    private Path parent;

    /** Another process in the middle of an upload. */
    static final class Other {
        private Other() {}

        public static void main(String... arguments) throws IOException {
            Path file = Files.writeString(Spool.in(Path.of(arguments[0])).newFile(), "somebody's books");
            System.out.println(file);
            int end = System.in.read();
            System.exit(end);
        }
    }

    @Test
    void what_a_killed_process_left_is_deleted_at_the_next_start_and_what_a_living_one_holds_is_not() throws Exception {
        try (Running living = Running.in(parent);
                Running killed = Running.in(parent)) {
            killed.process.destroyForcibly().waitFor();
            assertThat(killed.file).exists();

            try (Spool next = Spool.in(parent)) {
                assertThat(killed.file).doesNotExist();
                assertThat(parentOf(killed.file)).doesNotExist();
                assertThat(living.file).hasContent("somebody's books");
                assertThat(next.newFile()).isEmptyFile();
            }
        }
    }

    @Test
    void several_in_one_process_leave_one_another_alone() throws IOException {
        try (Spool first = Spool.in(parent)) {
            Path file = first.newFile();
            try (Spool second = Spool.in(parent)) {
                assertThat(second.newFile()).exists();
            }
            Spool.in(parent).close();
            assertThat(file).exists();
        }
        assertThat(folders()).isEmpty();
    }

    @Test
    void nobody_else_may_look() throws IOException {
        try (Spool spool = Spool.in(parent)) {
            Path file = spool.newFile();
            assertThat(rights(file)).isEqualTo("rw-------");
            assertThat(rights(parentOf(file))).isEqualTo("rwx------");
            assertThat(rights(parentOf(parentOf(file)))).isEqualTo("rwx------");
        }
    }

    @Test
    void a_folder_that_others_may_look_into_or_a_link_to_another_stops_the_start() throws IOException {
        Path folder;
        try (Spool spool = Spool.in(parent)) {
            folder = parentOf(parentOf(spool.newFile()));
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> Spool.in(parent))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("VEXTRUS_SPOOL_FOLDER");

        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.delete(folder.resolve("turn"));
        Files.delete(folder);
        Files.createSymbolicLink(folder, elsewhere);
        assertThatThrownBy(() -> Spool.in(parent)).isInstanceOf(CannotStart.class);
        assertThatThrownBy(() -> Spool.in(parent.resolve("nowhere")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("name a folder that this user may write to");
    }

    @Test
    void it_goes_on_where_the_system_cleared_its_temporary_files() throws IOException {
        try (Spool spool = Spool.in(parent)) {
            Path own = parentOf(spool.newFile());
            for (Path file : list(own)) {
                Files.delete(file);
            }
            Files.delete(own);

            assertThat(spool.newFile()).exists();
        }
        assertThat(folders()).isEmpty();
    }

    private record Running(Process process, Path file) implements AutoCloseable {

        static Running in(Path parent) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Other.class.getName(),
                            parent.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader said = process.inputReader();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(parent.toRealPath().toString())) {
                    return new Running(process, Path.of(line));
                }
            }
            throw new AssertionError("the other process ended");
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private List<Path> folders() throws IOException {
        return list(list(parent).getFirst()).stream().filter(Files::isDirectory).toList();
    }

    private static Path parentOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        }
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
