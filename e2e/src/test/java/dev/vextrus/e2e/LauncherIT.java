package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
    @TempDir
    private Path folder;

    @Test
    void it_runs_from_any_folder_and_through_a_symbolic_link() throws IOException {
        Path link = Files.createSymbolicLink(
                folder.resolve("vx"), FrontDoor.repository().resolve("vextrus"));

        FrontDoor.Ended ended = FrontDoor.from(folder).through(link).run("--help");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("vextrus demo");
    }

    @Test
    void it_runs_from_a_path_with_spaces() throws IOException {
        Path home = Files.createDirectory(folder.resolve("a folder with spaces"));
        Path copy = Files.copy(
                FrontDoor.repository().resolve("vextrus"), home.resolve("vextrus"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(home.resolve("cli"), FrontDoor.repository().resolve("cli"));

        Files.createDirectories(home.resolve(".vextrus/data/postgres"));

        FrontDoor.Ended ended = FrontDoor.from(home).through(copy).run("token", "--tenant", "acme", "--role", "viewer");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out().strip()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(home.resolve(".vextrus/data/secrets/jwt")).exists();
    }

    @Test
    void a_new_build_leaves_alone_what_runs_from_the_old_one() throws Exception {
        Path home = Files.createDirectory(folder.resolve("house"));
        Path launcher = Files.copy(
                FrontDoor.repository().resolve("vextrus"), home.resolve("vextrus"), StandardCopyOption.COPY_ATTRIBUTES);
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path maven = Files.writeString(tools.resolve("mvn"), """
                #!/bin/sh
                for program in cli finance proxy; do
                  mkdir -p $program/target/app && ln -sf "%1$s"/$program/target/app/*.jar $program/target/app/
                done
                mkdir -p demo-releases/target && ln -sf "%1$s"/demo-releases/target/*.jar demo-releases/target/
                """.formatted(FrontDoor.repository()));
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        FrontDoor door = FrontDoor.from(home).through(launcher);
        Map<String, String> building = Map.of(
                "VEXTRUS_NO_BUILD", "", "PATH", tools + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));

        Files.writeString(home.resolve("pom.xml"), "one");
        assertThat(door.run(building, "--help").exitCode()).isZero();
        Path first = onlyBuild(home, List.of());
        Process user = new ProcessBuilder("tail", "-f", "/dev/null", first + "/cli/").start();
        try {
            Files.writeString(home.resolve("pom.xml"), "two");
            assertThat(door.run(building, "--help").exitCode()).isZero();
            assertThat(first.resolve("cli")).as("a process runs from it").isNotEmptyDirectory();
        } finally {
            user.destroyForcibly().waitFor();
        }
        Path second = onlyBuild(home, List.of(first));

        Files.writeString(home.resolve("pom.xml"), "three");
        assertThat(door.run(building, "--help").exitCode()).isZero();
        assertThat(first).as("nobody runs from it").doesNotExist();
        assertThat(second).doesNotExist();
    }

    private static Path onlyBuild(Path home, List<Path> besides) throws IOException {
        try (Stream<Path> builds = Files.list(home.resolve(".vextrus/apps"))) {
            List<Path> others = builds.filter(build -> !besides.contains(build)).toList();
            assertThat(others).hasSize(1);
            return others.getFirst();
        }
    }

    @Test
    void without_a_jdk_25_it_says_what_is_missing_and_ends_as_unavailable() throws IOException {
        Path bare = Files.createDirectory(folder.resolve("bin"));
        for (String tool : new String[] {"bash", "readlink", "dirname", "env"}) {
            Files.createSymbolicLink(bare.resolve(tool), Path.of("/usr/bin", tool));
        }
        Path empty = Files.createDirectory(folder.resolve("no-jdk"));

        FrontDoor.Ended ended = FrontDoor.from(folder)
                .run(
                        Map.of(
                                "PATH", bare.toString(),
                                "JAVA_HOME", empty.toString(),
                                "HOME", empty.toString(),
                                "VEXTRUS_JDK_FOLDERS", empty.toString()),
                        "--help");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("JDK 25").contains("JAVA_HOME");
    }

    @Test
    void a_script_gets_one_json_object_and_the_exit_code() {
        FrontDoor.Ended ended = FrontDoor.from(folder).run("token", "--tenant", "NO", "--role", "viewer", "--json");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.json().path("error").path("code").asString()).isEqualTo("TENANT_MALFORMED");
    }
}
