package dev.vextrus.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArchiveTest {
    @TempDir
    private Path folder;

    @Test
    void the_same_files_give_the_same_bytes_whenever_they_were_written() throws Exception {
        Path first = write("first", "2026-02-03T04:05:06Z", Optional.empty(), "hello");
        Path second = write("second", "2027-08-09T10:11:12Z", Optional.empty(), "hello");
        Path other = write("other", "2026-02-03T04:05:06Z", Optional.empty(), "other");

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Files.mismatch(first, other)).isNotNegative();
    }

    @Test
    void every_importer_finds_the_image_under_its_name() throws Exception {
        Map<String, byte[]> files = contents(write("image", "2026-02-03T04:05:06Z", Optional.empty(), "hello"));

        JsonNode annotations =
                json(files, "index.json").path("manifests").path(0).path("annotations");
        assertThat(annotations.path("io.containerd.image.name").asString()).isEqualTo("docker.io/vextrus/test:1.2.3");
        assertThat(annotations.path("org.opencontainers.image.ref.name").asString())
                .isEqualTo("1.2.3");
        JsonNode docker = json(files, "manifest.json").path(0);
        assertThat(docker.path("RepoTags").path(0).asString()).isEqualTo("vextrus/test:1.2.3");
        assertThat(files)
                .containsKeys(
                        docker.path("Config").asString(),
                        docker.path("Layers").path(0).asString());
        assertThat(json(files, "oci-layout").path("imageLayoutVersion").asString())
                .isEqualTo("1.0.0");
    }

    @Test
    void it_runs_as_nobody_in_particular_and_carries_what_it_was_told() throws Exception {
        Map<String, byte[]> files = contents(write("image", "2026-02-03T04:05:06Z", Optional.empty(), "hello"));

        JsonNode image =
                json(files, json(files, "manifest.json").path(0).path("Config").asString());
        assertThat(image.path("os").asString()).isEqualTo("linux");
        JsonNode config = image.path("config");
        assertThat(config.path("User").asString()).isEqualTo("1000:1000");
        assertThat(config.path("Entrypoint").path(0).asString()).isEqualTo("/run");
        assertThat(config.path("Env").path(0).asString()).isEqualTo("COLOUR=blue");
        assertThat(config.path("Labels").path("kind").asString()).isEqualTo("test");
        assertThat(config.path("ExposedPorts").has("3014/tcp")).isTrue();
    }

    @Test
    void upon_a_base_it_adds_its_layers_to_those_of_the_base() throws Exception {
        Path base = write("base", "2026-02-03T04:05:06Z", Optional.empty(), "base");

        Map<String, byte[]> files =
                contents(write("image", "2026-02-03T04:05:06Z", Optional.of(base.toString()), "hello"));

        List<String> layers = new ArrayList<>();
        json(files, "manifest.json").path(0).path("Layers").forEach(layer -> layers.add(layer.asString()));
        assertThat(layers).hasSize(2);
        assertThat(layers.getFirst())
                .isEqualTo(json(contents(base), "manifest.json")
                        .path(0)
                        .path("Layers")
                        .path(0)
                        .asString());
    }

    private Path write(String name, String time, Optional<String> base, String content) throws Exception {
        Path files = Files.createDirectories(folder.resolve(name + "-files"));
        Path program = Files.writeString(files.resolve("run"), content);
        Files.setLastModifiedTime(program, FileTime.from(Instant.parse(time)));
        Archive archive = new Archive(
                "vextrus/test:1.2.3",
                Map.of("kind", "test"),
                Map.of("COLOUR", "blue"),
                List.of(3014),
                List.of("/run"),
                List.of(new Layer("files").folder(files, "/files")));
        Path target = folder.resolve(name + ".tar");
        archive.write(base, folder.resolve(name + "-cache"), target);
        return target;
    }

    private static JsonNode json(Map<String, byte[]> files, String name) {
        return JsonMapper.shared().readTree(new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> contents(Path archive) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (var in = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }
}
