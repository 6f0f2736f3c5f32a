package dev.vextrus.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the launcher as a person does, with the one difference that it builds nothing: Maven has just done so. */
public final class FrontDoor {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path launcher;
    private final Path workingDirectory;
    private final Duration limit;

    private FrontDoor(Path launcher, Path workingDirectory, Duration limit) {
        this.launcher = launcher;
        this.workingDirectory = workingDirectory;
        this.limit = limit;
    }

    /** The repository's own launcher, called from {@code workingDirectory}. */
    public static FrontDoor from(Path workingDirectory) {
        return new FrontDoor(repository().resolve("vextrus"), workingDirectory, LIMIT);
    }

    FrontDoor through(Path otherLauncher) {
        return new FrontDoor(otherLauncher, workingDirectory, limit);
    }

    /** For a command that may take longer than most. */
    public FrontDoor within(Duration otherLimit) {
        return new FrontDoor(launcher, workingDirectory, otherLimit);
    }

    public static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("vextrus"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no launcher above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    /** How a command ended. */
    public record Ended(int exitCode, String out, String err) {

        /** The last line of standard output, as JSON. */
        public JsonNode json() {
            List<String> lines = out.strip().lines().toList();
            return JsonMapper.shared().readTree(lines.getLast());
        }
    }

    /** Runs a command to its end. */
    public Ended run(String... arguments) {
        return run(Map.of(), arguments);
    }

    public Ended run(Map<String, String> environment, String... arguments) {
        try {
            Path out = Files.createTempFile("vextrus-e2e", ".out");
            Path err = Files.createTempFile("vextrus-e2e", ".err");
            try {
                return awaitEnd(start(environment, out, err, arguments), out, err, arguments);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Ended awaitEnd(Process process, Path out, Path err, String... arguments)
            throws IOException, InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.destroy();
            throw new AssertionError("vextrus " + String.join(" ", arguments) + " did not end within " + limit
                    + "; standard error: " + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Starts a command that runs until it is told to end. */
    Process start(Map<String, String> environment, Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("VEXTRUS_NO_BUILD", "1");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What another program prints, such as hledger; fails where it ends badly. */
    static String ask(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " failed: " + said);
        }
        return said;
    }
}
