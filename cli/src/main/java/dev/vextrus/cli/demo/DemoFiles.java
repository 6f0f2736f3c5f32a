package dev.vextrus.cli.demo;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.cli.warmth.FinanceCache;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.Speed;
import dev.vextrus.rollout.planfile.PlanReader;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rollout.planfile.Reading;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plan and the two releases of a demo, written as files like anybody's and read back by the same reader.
 *
 * @param folder they are written to
 * @param database the settings by which a release finds its database
 */
record DemoFiles(Path folder, Map<String, String> database, Path jwtSecret) {
    static final String STABLE_VERSION = "1.0.0";
    static final String CANARY_VERSION = "1.1.0";

    /** Bakes of 48 hours are shown in this many seconds. */
    private static final int SHOWN_BAKE_SECONDS = 12;

    private static final int BAKE_SECONDS = 48 * 3600;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param speed how many times faster than usual the demo runs */
    RolloutPlan plan(DemoRelease release, double speed) throws IOException {
        Files.writeString(folder.resolve("stable.yaml"), release(STABLE_VERSION, "v1", List.of(), Map.of()));
        boolean good = release == DemoRelease.GOOD;
        Files.writeString(
                folder.resolve("canary.yaml"),
                release(
                        CANARY_VERSION,
                        "v2",
                        good ? List.of() : List.of(faultyJar()),
                        good ? Map.of() : Map.of("VEXTRUS_DEMO_FAULT", release.label())));
        Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
        return switch (PlanReader.read(plan)) {
            case Reading.Valid<RolloutPlan>(RolloutPlan read) ->
                Speed.faster(read, speed * BAKE_SECONDS / SHOWN_BAKE_SECONDS);
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) ->
                throw new IllegalStateException("the demo's own plan: " + problems);
        };
    }

    private static final String PLAN = """
            apiVersion: vextrus.dev/v1alpha1
            kind: PhasedRollout
            metadata:
              name: finance
            spec:
              target: local
              stable: stable.yaml
              canary: canary.yaml
              stableReplicas: 1
              phases:
                - {traffic: 10, replicas: 1, bake: 48h, gates: {verdict: not-harmful}}
                - {traffic: 30, replicas: 1, bake: 48h, gates: {verdict: not-harmful}}
                - {traffic: 60, replicas: 1, bake: 48h, gates: {verdict: not-harmful}}
                - {traffic: 100, replicas: 1, bake: 48h, gates: {verdict: safe}}
            """;

    private String release(String version, String readModel, List<Path> jars, Map<String, String> fault) {
        Map<String, String> environment = new TreeMap<>(database);
        environment.putAll(fault);
        environment.put("VEXTRUS_JWT_SECRET_FILE", jwtSecret.toString());
        environment.put("VEXTRUS_HTTP_PORT", "${PORT}");
        environment.put("VEXTRUS_MANAGEMENT_PORT", "${MANAGEMENT_PORT}");
        environment.put("VEXTRUS_RELEASE_VERSION", "${VERSION}");
        environment.put("VEXTRUS_RELEASE_COLOR", "${COLOR}");
        environment.put("VEXTRUS_READ_MODEL", readModel);
        List<String> flags = new ArrayList<>(FinanceCache.flags());
        flags.addAll(JavaProgram.SHORT_LIVED);
        List<String> command = JavaProgram.FINANCE.command(flags, jars, List.of());
        // JSON is YAML, and quotes whatever a path may hold.
        return """
                apiVersion: vextrus.dev/v1alpha1
                kind: Release
                metadata:
                  name: finance
                spec:
                  version: %s
                  command: %s
                  environment: %s
                  health: {path: /health/ready, port: public}
                  memoryLimit: 512MiB
                  slowerThan: 300ms
                  readyWithin: 180s
                """.formatted(
                        JSON.writeValueAsString(version),
                        JSON.writeValueAsString(command),
                        JSON.writeValueAsString(environment));
    }

    private static Path faultyJar() throws IOException {
        String aside = System.getProperty("vextrus.apps", "");
        Path target = aside.isEmpty()
                ? JavaProgram.home().resolve("demo-releases").resolve("target")
                : Path.of(aside).resolve("demo-releases");
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "vextrus-demo-releases-*.jar")) {
                for (Path jar : jars) {
                    return jar;
                }
            }
        }
        throw Failure.unavailable(
                "NOT_BUILT",
                "the faulty releases are not built: no jar in " + target,
                "run './vextrus' without VEXTRUS_NO_BUILD, or 'mvn package -DskipTests'");
    }
}
