package dev.vextrus.e2e;

import dev.vextrus.cli.rollout.RolloutFolder;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.filejournal.FileJournal;
import dev.vextrus.rolloutlocal.LocalTargetConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A rollout of the example service, its folder on a disk of its own, under a little traffic. */
final class GreeterRollout implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private final Path files;
    private final String name = "greeter-" + UUID.randomUUID();
    private final RolloutFolder folder = new RolloutFolder(
            FrontDoor.repository().resolve(".vextrus/rollouts").resolve(name));
    private final int port = Folders.freePort();
    private final SmallDisk disk;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread clients = Thread.ofVirtual().unstarted(this::askOnAndOn);
    private final AtomicLong canary = new AtomicLong();
    private volatile boolean closed;
    private @Nullable Process controller;

    private GreeterRollout(Path files, int megabytes) throws Exception {
        this.files = files;
        this.disk = SmallDisk.at(folder.root(), megabytes);
    }

    static GreeterRollout onSmallDisk(Path files, int megabytes) throws Exception {
        System.setProperty("vextrus.home", FrontDoor.repository().toString());
        return new GreeterRollout(files, megabytes);
    }

    void start() throws IOException {
        Path examples = FrontDoor.repository().resolve("examples/greeter");
        Path plan = Files.writeString(files.resolve("plan.yaml"), """
                apiVersion: vextrus.dev/v1alpha1
                kind: PhasedRollout
                metadata:
                  name: %s
                spec:
                  target: local
                  stable: %s/stable.yaml
                  canary: %s/better.yaml
                  stableReplicas: 1
                  cohorts: {by: request}
                  rollback: {maxP95: 120s, p95RatioFloor: 120s}
                  phases:
                    - {traffic: 50, replicas: 1, bake: 48h, gates: {verdict: not-harmful, maxP95: 120s}}
                    - {traffic: 100, replicas: 1, bake: 6h, gates: {verdict: not-harmful, maxP95: 120s}}
                """.formatted(name, examples, examples));
        controller = FrontDoor.from(FrontDoor.repository())
                .start(
                        Map.of(),
                        out(),
                        err(),
                        "rollout",
                        "start",
                        plan.toString(),
                        "--speed",
                        "21600",
                        "--port",
                        "" + port,
                        "--json");
        clients.start();
    }

    private void askOnAndOn() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(Duration.ofSeconds(30))
                .build();
        while (!closed) {
            try {
                String answer =
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body();
                canary.addAndGet(answer.contains("1.1.0") ? 1 : 0);
            } catch (IOException notThereYet) {
                LockSupport.parkNanos(PERIOD_NANOS);
            } catch (InterruptedException stop) {
                return;
            }
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    private Path out() {
        return files.resolve("controller.out");
    }

    private Path err() {
        return files.resolve("controller.err");
    }

    void awaitBakingUnderTraffic() throws Exception {
        Eventually.get(LIMIT, () -> {
            RolloutState state = FileJournal.readCheckpoint(journal());
            if (!running().isAlive()) {
                throw new AssertionError("the controller ended: " + Files.readString(out()) + said());
            }
            boolean bakes = state != null && state.stage().kind() == StageKind.BAKING;
            boolean served = bakes && answeredByCanary() > 0;
            return served ? true : null;
        });
    }

    long answeredByCanary() {
        return canary.get();
    }

    /** What the controller has told so far. */
    String said() throws IOException {
        return Files.readString(err());
    }

    SmallDisk disk() {
        return disk;
    }

    Path journal() {
        return folder.journal();
    }

    FrontDoor.Ended ended() throws Exception {
        if (!running().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the rollout did not end within " + LIMIT + ": " + said());
        }
        return new FrontDoor.Ended(running().exitValue(), Files.readString(out()), said());
    }

    private Process running() {
        if (controller == null) {
            throw new IllegalStateException("start() comes first");
        }
        return controller;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        clients.interrupt();
        http.shutdownNow();
        if (controller != null && controller.isAlive()) {
            controller.destroyForcibly();
            controller.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
        disk.empty();
        LocalTargetConfiguration.cleanUp(folder.target(port));
        disk.close();
        Files.delete(folder.root());
    }
}
