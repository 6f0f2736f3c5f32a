package dev.vextrus.cli.process;

import dev.vextrus.cli.output.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that we started, in a session of its own; closing it asks it to end, then ends it. */
public final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * @param environment added to that of this process
     * @param log what it prints is appended here
     */
    public static Child start(String name, List<String> command, Map<String, String> environment, Path log) {
        List<String> words = new ArrayList<>(OwnSession.prefix());
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Settings of the caller's shell must not leak into a service whose settings are all given here.
        builder.environment().keySet().removeIf(key -> key.startsWith("VEXTRUS_"));
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw Failure.unavailable(
                    "START_FAILED",
                    name + " cannot be started: " + e.getMessage(),
                    "check that " + command.getFirst() + " is executable",
                    e);
        }
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** The exit code; only once it is no longer {@link #alive}. */
    public int exitCode() {
        return process.exitValue();
    }

    public ProcessIdentity identity() {
        return ProcessIdentity.of(process.toHandle());
    }

    /** Waits until it ends, at most {@code limit}; whether it did. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        identity().end(GRACE);
    }
}
