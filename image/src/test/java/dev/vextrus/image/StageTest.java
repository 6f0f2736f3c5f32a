package dev.vextrus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTest {
    @TempDir
    private Path folder;

    private Path app;

    @BeforeEach
    void build() throws IOException {
        app = Files.createDirectory(folder.resolve("app"));
        for (String jar : List.of("vextrus-finance-1.jar", "zstd-1.jar", "caffeine-3.jar")) {
            Files.writeString(app.resolve(jar), jar);
        }
    }

    @Test
    void the_class_path_is_in_order_of_names_and_what_is_added_comes_last() throws IOException {
        Path added = Files.writeString(folder.resolve("vextrus-demo-releases-1.jar"), "added");

        Stage stage = Stage.of(app, List.of(added), folder.resolve("stage"));

        assertThat(stage.classPath("/app"))
                .isEqualTo("/app/caffeine-3.jar:/app/vextrus-finance-1.jar:/app/zstd-1.jar"
                        + ":/app/zz-vextrus-demo-releases-1.jar");
        assertThat(Stage.of(app, List.of(), folder.resolve("plain")).classPath("/app"))
                .as("a cache of classes of the one fits the other")
                .isEqualTo("/app/caffeine-3.jar:/app/vextrus-finance-1.jar:/app/zstd-1.jar");
    }

    @Test
    void our_own_jars_are_apart_from_those_that_change_rarely() throws IOException {
        Stage stage = Stage.of(app, List.of(), folder.resolve("stage"));

        assertThat(stage.own())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("vextrus-finance-1.jar");
        assertThat(stage.libraries())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("caffeine-3.jar", "zstd-1.jar");
    }

    @Test
    void what_is_not_built_is_named_with_the_remedy() {
        assertThatThrownBy(() -> Stage.of(folder.resolve("nothing"), List.of(), folder.resolve("stage")))
                .isInstanceOfSatisfying(
                        CannotBuild.class, cannot -> assertThat(cannot.remedy()).contains("mvn package"));
    }
}
