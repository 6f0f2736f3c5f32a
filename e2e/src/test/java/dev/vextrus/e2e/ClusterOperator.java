package dev.vextrus.e2e;

import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A running {@code vextrus operator}. One that ends because it lost its lease, as it may on a starved machine, is started
 * again, as Kubernetes would.
 */
final class ClusterOperator implements AutoCloseable {
    private static final int TOLD_LINES = 40;
    private static final Pattern IDENTITY = Pattern.compile("this one, (\\S+), waits until it does");
    private static final String LEASE_LOST = "the lease is lost";

    private final String namespace;
    private final Path folder;
    private final Map<String, String> environment;
    private Run run;
    private boolean kept;

    /** @param err what it says */
    private record Run(Process process, Path err) {
        List<String> lines() throws IOException {
            return Files.readAllLines(err);
        }
    }

    private ClusterOperator(String namespace, Path folder, Map<String, String> environment) throws IOException {
        this.namespace = namespace;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.kept = true;
        this.run = start();
        startAgainWhenItsLeaseIsLost(run);
    }

    /** @param folder for what it says */
    static ClusterOperator of(String namespace, Path folder) throws IOException {
        return of(namespace, folder, Map.of());
    }

    /** @param environment of its process, beside the test's own */
    static ClusterOperator of(String namespace, Path folder, Map<String, String> environment) throws IOException {
        return new ClusterOperator(namespace, folder, environment);
    }

    private Run start() throws IOException {
        Path err = Files.createTempFile(folder, "operator", ".err");
        Path out = Files.createTempFile(folder, "operator", ".out");
        return new Run(FrontDoor.from(folder).start(environment, out, err, "operator", "--namespace", namespace), err);
    }

    private void startAgainWhenItsLeaseIsLost(Run watched) {
        var _ = watched.process().onExit().thenRun(() -> startAgain(watched));
    }

    private synchronized void startAgain(Run ended) {
        try {
            if (kept && ended.lines().stream().anyMatch(line -> line.contains(LEASE_LOST))) {
                run = start();
                startAgainWhenItsLeaseIsLost(run);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The last lines of what it said, for a test that failed. */
    synchronized String told() {
        try {
            List<String> lines = run.lines();
            return (run.process().isAlive() ? "the operator runs" : "the operator ended")
                    + lines.stream()
                            .skip(Math.max(0, lines.size() - TOLD_LINES))
                            .collect(Collectors.joining("\n", "; it said:\n", ""));
        } catch (IOException unread) {
            return "what the operator said cannot be read: " + unread;
        }
    }

    /** It runs, and waits until it leads. */
    void awaitCandidate() {
        TestCluster.await("the operator waits to lead", () -> !identity().isEmpty());
    }

    /** By which it holds the lease; empty until it says so. */
    synchronized String identity() {
        try {
            Matcher said = IDENTITY.matcher(String.join("\n", run.lines()));
            return said.find() ? said.group(1) : "";
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    synchronized boolean runs() {
        return run.process().isAlive();
    }

    void killOutright() throws Exception {
        Service.killOutright(letGo().pid());
    }

    /** Whatever it ends of from now on, it is not started again. */
    void letItEnd() {
        letGo();
    }

    /** It is the test's from now on, whether it runs. */
    private synchronized Process letGo() {
        kept = false;
        return run.process();
    }

    @Override
    public void close() {
        Process process = letGo();
        process.destroy();
        try {
            process.onExit().get(60, TimeUnit.SECONDS);
        } catch (Exception tooLate) {
            process.destroyForcibly();
            throw new AssertionError("the operator did not end within 60 s of being told to; " + told(), tooLate);
        }
    }
}
