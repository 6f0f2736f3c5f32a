package dev.vextrus.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vextrus.e2e.FrontDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The product's own images, made by {@code vextrus image} and handed to the cluster, once in a JVM. */
public final class ProductImages {
    private static final Duration BUILT_WITHIN = Duration.ofMinutes(30);
    private static final long MOST_BYTES = 200L << 20;

    private static final Map<String, String> LOADED = new HashMap<>();

    private ProductImages() {}

    /**
     * Their names with tags, in the order asked for. Skips the test, and says so, where the cluster cannot be given an
     * image.
     */
    public static synchronized List<String> loaded(String... products) throws IOException, InterruptedException {
        requireHandover();
        List<String> names = new ArrayList<>();
        for (String product : products) {
            if (!LOADED.containsKey(product)) {
                LOADED.put(product, made(product));
            }
            names.add(LOADED.get(product));
        }
        return names;
    }

    /** The name of {@code product}'s image when it is built upon that of {@code base}, from whose archive it has its libraries. */
    static synchronized String loadedUpon(String base, String product) throws IOException, InterruptedException {
        requireHandover();
        Path folder = Files.createTempDirectory("vextrus-base");
        try {
            Path archive = archive(build(folder, base, "--no-training"));
            String name = made(product, "--no-training", "--base", archive.toString(), "--release-version", "based");
            Files.delete(archive);
            return name;
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static void requireHandover() {
        Kubectl.requireCluster();
        if (command().isEmpty()) {
            System.err.println("SKIPPED: VEXTRUS_LOAD_IMAGE does not say how the cluster is given an image");
        }
        assumeTrue(!command().isEmpty(), "VEXTRUS_LOAD_IMAGE does not say how the cluster is given an image");
    }

    private static String command() {
        return System.getenv().getOrDefault("VEXTRUS_LOAD_IMAGE", "");
    }

    private static String made(String product, String... more) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vextrus-images");
        try {
            JsonNode image = build(folder, product, more);
            assertThat(image.path("bytes").asLong()).as(image.toString()).isLessThan(MOST_BYTES);
            Kubectl.Ended loaded =
                    Kubectl.run(List.of("sh", "-c", command().replace("{}", "'" + archive(image) + "'")));
            assertThat(loaded.exitCode()).as(loaded.err()).isZero();
            Files.delete(archive(image));
            return image.path("name").asString();
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static Path archive(JsonNode image) {
        return Path.of(image.path("archive").asString());
    }

    private static JsonNode build(Path folder, String product, String... more) {
        List<String> words = new ArrayList<>(List.of("image", product, "--output", folder.toString(), "--json"));
        words.addAll(List.of(more));
        FrontDoor.Ended built = FrontDoor.from(folder).within(BUILT_WITHIN).run(words.toArray(String[]::new));
        assertThat(built.exitCode()).as(built.err()).isZero();
        System.err.print(built.err());
        return built.json().path("images").path(0);
    }
}
