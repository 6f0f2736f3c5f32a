package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A workload of tiny releases in a folder, with what the tests ask of it. */
final class TestWorkload implements AutoCloseable {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    final LocalTargetSettings settings;
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    LocalWorkload workload;

    TestWorkload(Path folder) {
        settings = settings(folder);
        workload = LocalTargetConfiguration.open(settings);
    }

    static LocalTargetSettings settings(Path folder) {
        List<String> proxy = new ArrayList<>(java(128));
        proxy.add("dev.vextrus.proxy.ProxyApplication");
        return LocalTargetSettings.of(folder, proxy, 0).withEndAtMost(Duration.ofSeconds(3));
    }

    private static List<String> java(int heapMebibytes) {
        return List.of(
                JAVA,
                "-XX:+UseSerialGC",
                "-Xmx" + heapMebibytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"));
    }

    static ReleaseSpec release(String version, String behaviour) {
        List<String> command = new ArrayList<>(java(32));
        command.add("dev.vextrus.rolloutlocal.TinyRelease");
        return new ReleaseSpec(
                "tiny",
                version,
                new RunSpec.Program(
                        command,
                        Map.of("BEHAVIOUR", behaviour, "RELEASE_VERSION", "${VERSION}"),
                        System.getProperty("user.dir"),
                        "/health/ready",
                        RunSpec.HealthPort.MANAGEMENT,
                        null,
                        null),
                300,
                Duration.ofSeconds(30));
    }

    static Routing routing(long epoch, @Nullable Color canary, double weight) {
        return new Routing(epoch, Color.BLUE, canary, weight, List.of(), false);
    }

    void deployStable() {
        workload.target().deploy(Color.BLUE, release("1.0.0", "good"), 1);
        awaitReady(Color.BLUE, 1);
        workload.target().route(routing(1, null, 0));
    }

    void awaitReady(Color color, int count) {
        eventually(
                count + " ready in " + color, () -> workload.target().observe().ready(color) == count);
    }

    List<InstanceView> instances(Color color) {
        return workload.target().observe().of(color);
    }

    TrackTotals totals(Color color) {
        return workload.metrics().totals().getOrDefault(color, TrackTotals.NONE);
    }

    static void eventually(String what, BooleanSupplier condition) {
        if (!Waiting.until(condition, Duration.ofSeconds(30), System::nanoTime)) {
            throw new AssertionError("not within 30 s: " + what);
        }
    }

    HttpResponse<String> get(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + workload.proxyPort() + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    List<Long> processes() {
        return Processes.marked(Processes.WORKLOAD, settings.folder().toString());
    }

    @Override
    public void close() {
        http.close();
        workload.cleanUp();
    }
}
