package dev.vextrus.cli.warmth;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.Child;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.EmbeddedPostgresException;
import dev.vextrus.embeddedpostgres.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the finance service with its argument {@code train} on a database that is thrown away afterwards. */
public final class TrainingRun {
    private TrainingRun() {}

    /** The run did not end as it should. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message, Throwable cause) {
            super(message, cause);
        }

        Failed(String message) {
            super(message);
        }
    }

    /** Writes the cache to {@code cache}, within {@code limit}. */
    static void into(Path cache, Duration limit) throws Failed, InterruptedException {
        List<String> flags = new ArrayList<>(JavaProgram.FINANCE_FLAGS);
        flags.add("-XX:AOTCacheOutput=" + cache);
        of(JavaProgram.FINANCE.command(flags, List.of(), List.of()), limit, limit, gone -> {});
        if (!Files.isRegularFile(cache)) {
            throw new Failed("it left no cache");
        }
    }

    /**
     * Runs {@code program}, the finance service in whatever JVM it will be run by, within {@code limit}.
     *
     * @param program without arguments
     * @param every how often {@code waited} is told for how long it runs
     */
    public static void of(List<String> program, Duration limit, Duration every, Consumer<Duration> waited)
            throws Failed, InterruptedException {
        try (Cleanup cleanup = Cleanup.armed()) {
            Path folder = Files.createTempDirectory(
                    "vextrus-training",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            cleanup.add(() -> deleteAll(folder));
            DataFolder data = DataFolder.open(folder.resolve("data"));
            EmbeddedPostgres postgres = cleanup.add(EmbeddedPostgres.start(data.root()));
            Child service = start(program, data, Roles.provision(postgres));
            cleanup.add(() -> end(service));
            await(service, limit, every, waited);
            if (service.exitCode() != 0) {
                throw new Failed("it ended with code " + service.exitCode() + ": " + lastLine(service.log()));
            }
        } catch (IOException | EmbeddedPostgresException | Failure broken) {
            throw new Failed(String.valueOf(broken.getMessage()), broken);
        }
    }

    private static void await(Child service, Duration limit, Duration every, Consumer<Duration> waited)
            throws Failed, InterruptedException {
        Duration gone = Duration.ZERO;
        while (gone.compareTo(limit) < 0) {
            Duration left = limit.minus(gone);
            Duration next = left.compareTo(every) < 0 ? left : every;
            if (service.awaitEnd(next)) {
                return;
            }
            gone = gone.plus(next);
            waited.accept(gone);
        }
        throw new Failed("it did not end within " + limit.toSeconds() + " s");
    }

    private static Child start(List<String> program, DataFolder data, Roles roles) {
        Map<String, String> environment = new HashMap<>(roles.environment());
        environment.put("VEXTRUS_JWT_SECRET_FILE", data.jwtSecretFile().toString());
        environment.put("VEXTRUS_HTTP_PORT", "0");
        environment.put("VEXTRUS_MANAGEMENT_PORT", "0");
        List<String> command = new ArrayList<>(program);
        command.add("train");
        return Child.start(
                "finance's training run", command, environment, data.logs().resolve("training.log"));
    }

    /** A JVM that ends writes the cache with the help of another one, which is not to be left behind. */
    private static void end(Child service) {
        ProcessHandle.of(service.identity().pid())
                .filter(handle -> service.alive())
                .ifPresent(handle -> handle.descendants().forEach(ProcessHandle::destroyForcibly));
        service.close();
    }

    private static String lastLine(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
