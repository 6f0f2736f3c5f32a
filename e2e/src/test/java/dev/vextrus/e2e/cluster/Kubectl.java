package dev.vextrus.e2e.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program {@code kubectl}, as a user runs it. */
public final class Kubectl {
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private Kubectl() {}

    /** How a command ended. */
    public record Ended(int exitCode, String out, String err) {}

    /** Skips the test, and says so, where kubectl is not installed. */
    public static void requireProgram() {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean there =
                Stream.of(path.split(":", -1)).anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        skipUnless(there, "kubectl is not on the PATH");
    }

    /** Skips the test, and says so, where no cluster is named. */
    public static void requireCluster() {
        requireProgram();
        skipUnless(!System.getenv().getOrDefault("KUBECONFIG", "").isEmpty(), "KUBECONFIG names no cluster");
    }

    private static void skipUnless(boolean given, String why) {
        if (!given) {
            System.err.println("SKIPPED: " + why);
        }
        assumeTrue(given, why);
    }

    public static Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** What it prints; fails where it ends badly. */
    public static String ask(String... arguments) throws IOException, InterruptedException {
        Ended ended = run(arguments);
        if (ended.exitCode() != 0) {
            throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + ended.err() + ended.out());
        }
        return ended.out();
    }

    public static JsonNode json(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-o", "json"));
        return JsonMapper.shared().readTree(ask(all.toArray(String[]::new)));
    }

    /** Any command, its output in files so that neither stream can block it. */
    public static Ended run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("cluster-it", ".out");
        Path err = Files.createTempFile("cluster-it", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end within " + LIMIT);
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
