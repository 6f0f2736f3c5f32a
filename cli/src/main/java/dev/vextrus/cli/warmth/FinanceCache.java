package dev.vextrus.cli.warmth;

import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.JavaProgram;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The finance service's AOT cache (JEP 483, 514, 515): linked classes and method profiles of a training run, kept under
 * {@code finance/target/aot} by the build's fingerprint. A service that starts with it is ready in a third of the time and
 * serves its first requests without falling behind. It only ever helps: where it is missing, does not fit or cannot be
 * made, the service starts without.
 */
public final class FinanceCache {
    /** Longer than that, and a machine is so busy that waiting for warmth costs more than it gives. */
    private static final Duration TRAINING_AT_MOST = Duration.ofMinutes(5);

    /** A training run may fail for want of the machine's time, so not for ever. */
    private static final Duration FAILURE_HOLDS_FOR = Duration.ofHours(1);

    private static final String SUFFIX = ".aot";

    private FinanceCache() {}

    /** Makes the cache where there is none; takes about half a minute, once for each build. */
    public static void prepare(Output output) throws InterruptedException {
        try {
            Path cache = file();
            if (!decided(cache)) {
                make(cache, output);
            }
        } catch (IOException noCache) {
            output.progress("no warm start for finance (" + noCache.getMessage() + "); it starts cold");
        }
    }

    /** Flags of a JVM that runs the finance service: with the cache where there is one. */
    public static List<String> flags() {
        List<String> flags = new ArrayList<>(JavaProgram.FINANCE_FLAGS);
        try {
            Path cache = file();
            if (Files.isRegularFile(cache)) {
                flags.add("-XX:AOTCache=" + cache);
                // The JVM checks what it was made from, and goes on without where that has changed: no word of it is
                // due.
                flags.add("-Xlog:aot=off,cds=off");
            }
        } catch (IOException unreadable) {
            return flags;
        }
        return flags;
    }

    private static Path file() throws IOException {
        Path app = JavaProgram.FINANCE.app();
        return app.resolveSibling("aot").resolve(BuildPrint.of(app, JavaProgram.FINANCE_FLAGS) + SUFFIX);
    }

    /** Made, or tried not long ago and failed. */
    private static boolean decided(Path cache) throws IOException {
        Path failure = failure(cache);
        return Files.isRegularFile(cache)
                || (Files.isRegularFile(failure)
                        && Files.getLastModifiedTime(failure)
                                .toInstant()
                                .isAfter(Instant.now().minus(FAILURE_HOLDS_FOR)));
    }

    private static Path failure(Path cache) {
        return cache.resolveSibling(cache.getFileName() + ".failed");
    }

    private static void make(Path cache, Output output) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(cache.toAbsolutePath().getParent());
        // Of two that want it one makes it; the other waits, and finds it.
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid() || decided(cache)) {
                return;
            }
            output.progress("a training run of finance, once for each build, so that it starts warm");
            removeOthers(folder);
            long began = System.nanoTime();
            Path draft = folder.resolve("draft" + SUFFIX);
            try {
                TrainingRun.into(draft, TRAINING_AT_MOST);
                Files.move(draft, cache, StandardCopyOption.ATOMIC_MOVE);
                long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
                output.progress("trained in " + seconds + " s (" + (Files.size(cache) >> 20) + " MiB)");
            } catch (TrainingRun.Failed failed) {
                Files.writeString(failure(cache), failed.getMessage() + "\n");
                output.progress("the training run failed (" + failed.getMessage()
                        + "); finance starts cold, and is trained by the first start after an hour");
            }
        }
    }

    /** Caches of other builds are of no use to anybody. */
    private static void removeOthers(Path folder) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, "*{" + SUFFIX + ",.failed,.config}")) {
            for (Path other : others) {
                Files.deleteIfExists(other);
            }
        }
    }
}
