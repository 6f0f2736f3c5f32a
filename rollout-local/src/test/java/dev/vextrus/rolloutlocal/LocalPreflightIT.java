package dev.vextrus.rolloutlocal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.planfile.PlanReader;
import dev.vextrus.rollout.planfile.Reading;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rollout.preflight.Check.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checklist, each line once as it should be and once not. */
class LocalPreflightIT {
    @TempDir
    Path folder;

    @Test
    void before_the_first_start_the_programs_and_the_place_are_well_and_stable_cannot_be_asked() {
        List<Check> checks =
                run(LocalTargetSettings.of(folder.resolve("w"), List.of("proxy"), 0), plan("java", folder));

        assertThat(checks).extracting(Check::name).contains("folder", "port", "disk", "memory", "stable");
        assertThat(named(checks, "canary-program").outcome()).isEqualTo(Outcome.OK);
        assertThat(named(checks, "canary-program").what()).contains("version");
        assertThat(named(checks, "folder").outcome()).isEqualTo(Outcome.OK);
        assertThat(named(checks, "stable").outcome()).isEqualTo(Outcome.WARNING);
        assertThat(Check.gravest(checks)).isEqualTo(Outcome.WARNING);
    }

    @Test
    void a_program_that_is_not_there_and_a_folder_that_is_not_there_are_named_with_their_field() {
        LocalTargetSettings settings = LocalTargetSettings.of(folder.resolve("w"), List.of("proxy"), 0);

        Check program = named(run(settings, plan("no-such-program", folder)), "canary-program");
        assertThat(program.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(program.what()).contains("command: no-such-program");
        assertThat(program.remedy()).contains("PATH");
        Check place = named(run(settings, plan("java", folder.resolve("gone"))), "canary-folder");
        assertThat(place.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(place.what()).contains("workingDirectory");
    }

    @Test
    void a_port_that_somebody_has_fails() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalTargetSettings settings =
                    LocalTargetSettings.of(folder.resolve("w"), List.of("proxy"), taken.getLocalPort());
            Check port = named(run(settings, plan("java", folder)), "port");
            assertThat(port.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(port.remedy()).contains("--port");
        }
    }

    @Test
    void a_folder_that_cannot_be_one_fails() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Check check = named(
                run(LocalTargetSettings.of(file.resolve("w"), List.of("proxy"), 0), plan("java", folder)), "folder");
        assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void while_a_controller_has_the_workload_its_stable_release_is_asked_and_the_folder_is_told_to_be_held() {
        try (TestWorkload test = new TestWorkload(folder.resolve("w"))) {
            test.deployStable();
            List<Check> checks = run(test.settings, plan(tinyRelease(), TestWorkload.JAVA, folder));

            assertThat(named(checks, "folder").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(named(checks, "folder").what()).contains("pid");
            assertThat(named(checks, "stable").outcome()).isEqualTo(Outcome.OK);
            // It answers 503 for integrity, and so would be waited for; decisions and parity it does not offer.
            assertThat(named(checks, "contract").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(named(checks, "contract").what()).contains("integrity (503)");
            assertThat(named(checks, "port").outcome()).isEqualTo(Outcome.OK);
        }
    }

    @Test
    void a_plan_that_names_another_release_as_stable_than_the_one_that_runs_fails() {
        try (TestWorkload test = new TestWorkload(folder.resolve("w"))) {
            test.deployStable();

            Check otherwise = named(run(test.settings, plan(TestWorkload.JAVA, folder)), "stable");
            assertThat(otherwise.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(otherwise.what()).contains("1.0.0 runs here", "command", "environment (BEHAVIOUR");

            String newer = tinyRelease().replace("1.0.0", "9.9.9");
            Check another = named(run(test.settings, plan(newer, TestWorkload.JAVA, folder)), "stable");
            assertThat(another.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(another.what()).contains("1.0.0 runs here", "names 9.9.9 as stable");
            assertThat(another.remedy()).contains("name 1.0.0", "STABLE_DIFFERS");
        }
    }

    private static Check named(List<Check> checks, String name) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + checks));
    }

    private static List<Check> run(LocalTargetSettings settings, RolloutPlan plan) {
        try (LocalPreflight preflight =
                new LocalPreflight(settings, Path.of(TestWorkload.JAVA).getParent() + ":/usr/bin:/bin")) {
            return preflight.run(plan);
        }
    }

    private RolloutPlan plan(String program, Path workingDirectory) {
        return plan(release("1.0.0", "java", folder), program, workingDirectory);
    }

    private RolloutPlan plan(String stable, String program, Path workingDirectory) {
        try {
            Files.writeString(folder.resolve("stable.yaml"), stable);
            Files.writeString(folder.resolve("canary.yaml"), release("1.1.0", program, workingDirectory));
            Files.writeString(folder.resolve("plan.yaml"), """
                    apiVersion: vextrus.dev/v1alpha1
                    kind: PhasedRollout
                    metadata:
                      name: tiny
                    spec:
                      target: local
                      stable: stable.yaml
                      canary: canary.yaml
                      stableReplicas: 1
                      phases:
                        - traffic: 10
                          replicas: 1
                          bake: 1h
                        - traffic: 100
                          replicas: 1
                          bake: 1h
                    """);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return switch (PlanReader.read(folder.resolve("plan.yaml"))) {
            case Reading.Valid<RolloutPlan>(RolloutPlan plan) -> plan;
            case Reading.Invalid<RolloutPlan> invalid -> throw new AssertionError(invalid);
        };
    }

    /** What {@link TestWorkload#deployStable} runs, as a file says it. */
    private static String tinyRelease() {
        RunSpec.Program program =
                (RunSpec.Program) TestWorkload.release("1.0.0", "good").run();
        return """
                apiVersion: vextrus.dev/v1alpha1
                kind: Release
                metadata:
                  name: tiny
                spec:
                  version: "1.0.0"
                  command: ["%s"]
                  environment: {BEHAVIOUR: good, RELEASE_VERSION: "${VERSION}"}
                  workingDirectory: "%s"
                  health: {port: management}
                """.formatted(String.join("\", \"", program.command()), program.workingDirectory());
    }

    private static String release(String version, String program, Path workingDirectory) {
        return """
                apiVersion: vextrus.dev/v1alpha1
                kind: Release
                metadata:
                  name: tiny
                spec:
                  version: "%s"
                  command: [%s, Tiny.java]
                  workingDirectory: %s
                """.formatted(version, program, workingDirectory);
    }
}
