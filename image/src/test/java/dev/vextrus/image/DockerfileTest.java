package dev.vextrus.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The Dockerfile says again, in another language, what this module does: here both are held against each other. */
class DockerfileTest {
    private static final JavaProgram PROGRAM = JavaProgram.FINANCE;

    private final List<String> steps = steps();

    /** Steps, each in one line, without comments. */
    private static List<String> steps() {
        try {
            String text = Files.readString(Path.of("../deploy/image/Dockerfile"));
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .reduce(
                            "",
                            (all, line) ->
                                    all + (line.endsWith("\\") ? line.substring(0, line.length() - 1) : line + "\n"))
                    .lines()
                    .map(line -> line.strip().replaceAll(" +", " "))
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException unread) {
            throw new IllegalStateException("there is no Dockerfile", unread);
        }
    }

    /** What follows {@code instruction}, of which there must be one. */
    private String only(String instruction) {
        List<String> found = steps.stream()
                .filter(step -> step.startsWith(instruction + " "))
                .toList();
        assertThat(found).as(instruction).hasSize(1);
        return found.getFirst().substring(instruction.length() + 1);
    }

    @Test
    void it_links_the_same_modules_in_the_same_way() {
        String link = only("RUN");
        assertThat(link)
                .startsWith("\"$JAVA_HOME/bin/jlink\"")
                .contains("--strip-debug --no-header-files --no-man-pages --compress zip-6");
        String modules = link.substring(link.indexOf("--add-modules ") + "--add-modules ".length());
        assertThat(new TreeSet<>(List.of(modules.split(",")))).isEqualTo(PROGRAM.modules());
    }

    @Test
    void it_copies_the_runtime_and_the_program_to_where_they_are_started() {
        assertThat(steps)
                .contains(
                        "COPY --from=runtime /opt/java-runtime " + JavaRuntime.IN_IMAGE,
                        "COPY " + PROGRAM.module() + "/target/app " + Stage.IN_IMAGE);
        assertThat(only("RUN")).contains("--output /opt/java-runtime");
    }

    @Test
    void it_starts_the_same_program_with_the_same_flags() {
        List<String> entry = new ArrayList<>(List.of(JavaRuntime.IN_IMAGE + "/bin/java"));
        entry.addAll(PROGRAM.flags());
        entry.addAll(List.of("-cp", Stage.IN_IMAGE + "/*", PROGRAM.mainClass()));

        assertThat(JsonMapper.shared()
                        .readTree(only("ENTRYPOINT"))
                        .valueStream()
                        .map(part -> part.asString()))
                .containsExactlyElementsOf(entry);
    }

    @Test
    void it_has_the_same_user_ports_and_environment() {
        assertThat(only("USER")).isEqualTo(Archive.USER);
        assertThat(Stream.of(only("EXPOSE").split(" ")).map(Integer::valueOf).toList())
                .isEqualTo(PROGRAM.ports());
        List<String> environment = new ArrayList<>(List.of("VEXTRUS_RELEASE_VERSION=${RELEASE_VERSION}"));
        PROGRAM.environment().forEach((name, value) -> environment.add(name + "=" + value));
        assertThat(only("ENV").split(" ")).containsExactlyInAnyOrderElementsOf(environment);
    }
}
