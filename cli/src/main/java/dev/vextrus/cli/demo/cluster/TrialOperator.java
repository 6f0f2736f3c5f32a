package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.Child;
import dev.vextrus.cli.process.JavaProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An operator that watches the trial's namespace, in a process of its own, so that it can be killed like any. */
public final class TrialOperator implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-Xss512k", "-Xmx256m", "-XX:-UsePerfData", "-Dvextrus.log=INFO");

    private final String namespace;
    private final Path log;
    private Child child;

    /**
     * Starts it.
     *
     * @param log what it says is kept here
     */
    TrialOperator(String namespace, Path log) {
        this.namespace = namespace;
        this.log = log;
        this.child = start(namespace, log);
    }

    private static Child start(String namespace, Path log) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(JavaProgram.SHORT_LIVED);
        flags.add("-Dvextrus.home=" + JavaProgram.home());
        return Child.start(
                "the operator",
                JavaProgram.CLI.command(flags, List.of(), List.of("operator", "--namespace", namespace)),
                Map.of(),
                log);
    }

    /** @throws Failure if it has ended by itself */
    void requireAlive() {
        if (!child.alive()) {
            throw Failure.unavailable(
                    "OPERATOR_ENDED", "the operator has ended with " + child.exitCode(), "see " + child.log());
        }
    }

    /** {@code kill -9}: nothing of it is tidied. */
    public void kill() {
        ProcessHandle.of(child.identity().pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Another, in the place of one that was killed. */
    public void startAgain() {
        child = start(namespace, log);
    }

    @Override
    public void close() {
        child.identity().end(GRACE);
    }
}
