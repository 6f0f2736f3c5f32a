package dev.vextrus.rolloutkubernetes.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The light workload's image, built of its source and handed to the cluster once in a JVM. */
public final class TestImage {
    public static final String NAME = "local/vextrus-colorful:1";

    private static @Nullable TestImage loaded;

    private TestImage() {}

    /** Skips the test, and says so, where the cluster cannot be given the image. */
    public static synchronized String loaded() {
        if (loaded == null) {
            String command = System.getenv("VEXTRUS_LOAD_IMAGE");
            Assumptions.assumeTrue(
                    command != null,
                    "SKIPPED: VEXTRUS_LOAD_IMAGE is not set; give it a command that loads an archive, with {} for the file");
            Assumptions.assumeTrue(runs("go", "version"), "SKIPPED: there is no go to build the test workload with");
            try {
                load(String.valueOf(command));
            } catch (IOException failed) {
                throw new IllegalStateException("the test image was not made", failed);
            }
            loaded = new TestImage();
        }
        return NAME;
    }

    private static void load(String command) throws IOException {
        Path folder = Files.createTempDirectory("colorful");
        Path program = folder.resolve("colorful");
        Path archive = folder.resolve("colorful.tar");
        Path source = source();
        run(source, List.of("go", "build", "-trimpath", "-ldflags=-s", "-o", program.toString(), "./colorful"));
        run(source, List.of("go", "run", "./pack", program.toString(), NAME, archive.toString()));
        run(folder, List.of("sh", "-c", command.replace("{}", archive.toString())));
        Files.delete(program);
        Files.delete(archive);
        Files.delete(folder);
    }

    /** Above the working directory, since other modules' tests use it too. */
    private static Path source() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path source = folder.resolve("rollout-kubernetes/src/test/go");
            if (Files.isDirectory(source)) {
                return source;
            }
            folder = folder.getParent();
        }
        throw new IOException(
                "the test workload's source is not above " + Path.of("").toAbsolutePath());
    }

    private static boolean runs(String... command) {
        try {
            run(Path.of("."), List.of(command));
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    private static void run(Path folder, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("CGO_ENABLED", "0");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
