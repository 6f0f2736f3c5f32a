package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.plan.Placeholders;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.preflight.Check;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether a release's program can be started at all. */
final class ProgramChecks {
    private static final long VERSION_SECONDS = 20;

    private final String searchPath;

    ProgramChecks(String searchPath) {
        this.searchPath = searchPath;
    }

    /** @param track {@code stable} or {@code canary}, in front of each check's name */
    List<Check> of(String track, ReleaseSpec release) {
        RunSpec.Program program;
        try {
            program = InstanceRecord.program(release);
        } catch (IllegalArgumentException noProgram) {
            return List.of(Check.failed(
                    track + "-program", String.valueOf(noProgram.getMessage()), "name a command in its release file"));
        }
        List<Check> checks = new ArrayList<>();
        Path folder = Path.of(program.workingDirectory());
        if (!Files.isDirectory(folder)) {
            checks.add(Check.failed(
                    track + "-folder",
                    "workingDirectory: " + folder + " is no folder",
                    "make it, or name another in the release file of " + release.version()));
            return checks;
        }
        checks.add(Check.ok(track + "-folder", folder + " is there"));
        String command = filled(program.command().getFirst(), release);
        Optional<Path> found = find(command, folder);
        if (found.isEmpty()) {
            checks.add(Check.failed(
                    track + "-program",
                    "command: " + command + " of " + release.version() + " is not found, or may not be executed",
                    command.contains("/")
                            ? "mend the path, or its permissions (chmod +x)"
                            : "install it, or put it on PATH"));
            return checks;
        }
        checks.add(runs(track, release, found.get()));
        return checks;
    }

    /** Ports and colour are given at the start; no program is named by them. */
    private static String filled(String command, ReleaseSpec release) {
        return Placeholders.fill(
                command,
                Map.of(
                        Placeholders.PORT, "0",
                        Placeholders.MANAGEMENT_PORT, "0",
                        Placeholders.COLOR, "green",
                        Placeholders.VERSION, release.version(),
                        Placeholders.JAVA_HOME, System.getProperty("java.home")));
    }

    private Optional<Path> find(String command, Path folder) {
        if (command.contains("/")) {
            return Optional.of(folder.resolve(command)).filter(ProgramChecks::executable);
        }
        for (String part : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(part).resolve(command);
            if (!part.isEmpty() && executable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Of other programs than a JVM nobody knows how to ask for their version without starting them. */
    private static Check runs(String track, ReleaseSpec release, Path program) {
        String name = track + "-program";
        if (!program.getFileName().toString().equals("java")) {
            return Check.ok(name, program + " can be executed");
        }
        try {
            Process asked = new ProcessBuilder(program.toString(), "-version")
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            if (!asked.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return Check.warning(
                        name,
                        program + " -version did not answer within " + VERSION_SECONDS + " s",
                        "see what keeps the machine busy; " + release.version() + " would start as slowly");
            }
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String first = said.lines().findFirst().orElse("").strip();
            return asked.exitValue() == 0
                    ? Check.ok(name, program + " is " + first)
                    : Check.failed(
                            name,
                            program + " -version ended with " + asked.exitValue() + ": " + first,
                            "install a JDK");
        } catch (IOException notStarted) {
            return Check.failed(name, program + " cannot be started: " + notStarted.getMessage(), "install a JDK");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Check.warning(name, "interrupted while " + program + " was asked for its version", "try again");
        }
    }
}
