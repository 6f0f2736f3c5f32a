package dev.vextrus.e2e;

import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A running {@code vextrus operator}. */
final class ClusterOperator implements AutoCloseable {
    private static final int TOLD_LINES = 40;

    private final Process process;
    private final Path err;

    private ClusterOperator(Process process, Path err) {
        this.process = process;
        this.err = err;
    }

    /** @param folder for what it says */
    static ClusterOperator of(String namespace, Path folder) throws IOException {
        return of(namespace, folder, Map.of());
    }

    static ClusterOperator of(String namespace, Path folder, Map<String, String> environment) throws IOException {
        Path err = Files.createTempFile(folder, "operator", ".err");
        Process process = FrontDoor.from(folder)
                .start(
                        environment,
                        Files.createTempFile(folder, "operator", ".out"),
                        err,
                        "operator",
                        "--namespace",
                        namespace);
        return new ClusterOperator(process, err);
    }

    /** The last lines of what it said, for a test that failed. */
    String told() {
        try {
            var lines = Files.readAllLines(err);
            return (process.isAlive() ? "the operator runs" : "the operator ended")
                    + lines.stream()
                            .skip(Math.max(0, lines.size() - TOLD_LINES))
                            .collect(Collectors.joining("\n", "; it said:\n", ""));
        } catch (IOException unread) {
            return "what the operator said cannot be read: " + unread;
        }
    }

    /** It runs, and waits until it leads. */
    void awaitCandidate() {
        TestCluster.await("the operator waits to lead", () -> told().contains("waits until it does"));
    }

    boolean runs() {
        return process.isAlive();
    }

    void killOutright() throws Exception {
        Service.killOutright(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(60, TimeUnit.SECONDS);
        } catch (Exception tooLate) {
            process.destroyForcibly();
            throw new AssertionError("the operator did not end within 60 s of being told to; " + told(), tooLate);
        }
    }
}
