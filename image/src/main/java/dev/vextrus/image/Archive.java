package dev.vextrus.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An image's description, written as an archive.
 *
 * @param layers from the one that changes least to the one that changes most
 */
record Archive(
        String name,
        Map<String, String> labels,
        Map<String, String> environment,
        List<Integer> ports,
        List<String> entrypoint,
        List<Layer> layers) {

    /** Nobody in particular, and not root: the id that manifests name too. */
    static final String USER = "1000:1000";

    /**
     * Writes it to {@code target}.
     *
     * @param base to build upon; nothing where it is empty
     * @param cache layers that were packed before
     * @return the digest of the image's manifest
     */
    String write(Optional<String> base, Path cache, Path target) throws IOException, InterruptedException {
        Path raw = target.resolveSibling(target.getFileName() + ".part");
        // Without bound: Jib's steps wait for each other inside the pool, and two threads were not enough for a local
        // base.
        try (ExecutorService packers = Executors.newCachedThreadPool()) {
            JibContainerBuilder builder = base.isEmpty() ? Jib.fromScratch() : from(base.get());
            JibContainer container = describe(builder, base.isEmpty())
                    .containerize(Containerizer.to(TarImage.at(raw).named(name))
                            .setApplicationLayersCache(cache.resolve("layers"))
                            .setBaseImageLayersCache(cache.resolve("base"))
                            .setOfflineMode(base.isEmpty())
                            .setExecutorService(packers)
                            .setToolName("vextrus"));
            NamedLayout.write(raw, name, target);
            return container.getDigest().toString();
        } catch (InvalidImageReferenceException malformed) {
            throw new CannotBuild(
                    "--base: " + malformed.getMessage(), "name an image such as eclipse-temurin:25-jre, or a file");
        } catch (RegistryException | ExecutionException | CacheDirectoryCreationException failed) {
            throw new CannotBuild(
                    "the image " + name + " cannot be put together: " + rootMessage(failed),
                    base.isEmpty()
                            ? "check the disk, and remove the folder " + cache
                            : "check --base: the reference, the network, the registry's credentials",
                    failed);
        } finally {
            Files.deleteIfExists(raw);
        }
    }

    private static JibContainerBuilder from(String base) throws InvalidImageReferenceException {
        Path file = Path.of(base);
        return Files.isRegularFile(file) ? Jib.from(TarImage.at(file)) : Jib.from(base);
    }

    private JibContainerBuilder describe(JibContainerBuilder builder, boolean fromNothing) {
        if (fromNothing) {
            // Of a base image the platform is its own.
            builder.setPlatforms(Set.of(new Platform(architecture(), "linux")));
        }
        builder.setFormat(ImageFormat.OCI)
                .setCreationTime(Fixed.TIME)
                .setUser(USER)
                .setLabels(labels)
                .setExposedPorts(ports.stream().map(Port::tcp).collect(Collectors.toSet()))
                .setEntrypoint(entrypoint);
        environment.forEach(builder::addEnvironmentVariable);
        layers.stream().filter(layer -> !layer.isEmpty()).forEach(layer -> builder.addFileEntriesLayer(layer.build()));
        return builder;
    }

    /** As images call it. */
    private static String architecture() {
        String known = System.getProperty("os.arch");
        return switch (known) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> known;
        };
    }

    private static String rootMessage(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
