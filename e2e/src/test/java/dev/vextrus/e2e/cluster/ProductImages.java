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
        Kubectl.requireCluster();
        String load = System.getenv().getOrDefault("VEXTRUS_LOAD_IMAGE", "");
        if (load.isEmpty()) {
            System.err.println("SKIPPED: VEXTRUS_LOAD_IMAGE does not say how the cluster is given an image");
        }
        assumeTrue(!load.isEmpty(), "VEXTRUS_LOAD_IMAGE does not say how the cluster is given an image");
        List<String> names = new ArrayList<>();
        for (String product : products) {
            if (!LOADED.containsKey(product)) {
                LOADED.put(product, make(product, load));
            }
            names.add(LOADED.get(product));
        }
        return names;
    }

    private static String make(String product, String load) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vextrus-images");
        try {
            FrontDoor.Ended built = FrontDoor.from(folder)
                    .within(BUILT_WITHIN)
                    .run("image", product, "--output", folder.toString(), "--json");
            assertThat(built.exitCode()).as(built.err()).isZero();
            System.err.print(built.err());
            JsonNode image = built.json().path("images").path(0);
            Path archive = Path.of(image.path("archive").asString());
            assertThat(image.path("bytes").asLong()).as(image.toString()).isLessThan(MOST_BYTES);
            Kubectl.Ended loaded = Kubectl.run(List.of("sh", "-c", load.replace("{}", "'" + archive + "'")));
            assertThat(loaded.exitCode()).as(loaded.err()).isZero();
            Files.delete(archive);
            return image.path("name").asString();
        } finally {
            Files.deleteIfExists(folder);
        }
    }
}
