package dev.vextrus.cli.serve;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.Child;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.cli.warmth.FinanceCache;
import dev.vextrus.rolloutlocal.BoundedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The finance service as a process of its own.
 *
 * @param database the settings that name its database
 * @param port its public port, on the loopback address
 * @param managementPort its port for health, metrics and the rollout contract
 */
record FinanceProcess(DataFolder folder, Map<String, String> database, int port, int managementPort) {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final int WRONG_SETTINGS = 2;
    private static final long LOG_BYTES = 16L << 20;

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String managementUrl() {
        return "http://127.0.0.1:" + managementPort;
    }

    /** Starts it; {@link #awaitReady} tells when it serves. */
    Child start() {
        Map<String, String> environment = new HashMap<>(database);
        environment.put("VEXTRUS_JWT_SECRET_FILE", folder.jwtSecretFile().toString());
        environment.put("VEXTRUS_HTTP_PORT", Integer.toString(port));
        environment.put("VEXTRUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        return Child.start(
                "finance",
                JavaProgram.FINANCE.command(FinanceCache.flags(), List.of(), List.of()),
                environment,
                log().file());
    }

    private BoundedLog log() {
        return new BoundedLog(folder.logs().resolve("finance.log"), LOG_BYTES);
    }

    /** Keeps what the service prints within its bound; whoever looks after the service calls it now and then. */
    void trimLog() {
        try {
            log().trim();
        } catch (UncheckedIOException notNow) {
            // The books come before their log: it is cut at a later look.
            return;
        }
    }

    /** @throws Failure if {@code child} ends, or is not ready in time */
    void awaitReady(Child child) throws InterruptedException {
        long since = System.nanoTime();
        while (!ready()) {
            if (child.awaitEnd(Duration.ofMillis(100))) {
                throw ended(child);
            }
            if (System.nanoTime() - since > READY_WITHIN.toNanos()) {
                throw Failure.unavailable(
                        "NOT_READY",
                        "the finance service is not ready after " + READY_WITHIN.toSeconds() + " s",
                        "end what else runs on this machine, and try again; see " + child.log());
            }
        }
    }

    /** Whether it serves now. */
    boolean ready() throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(URI.create(url() + "/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Failure ended(Child child) {
        String code = child.exitCode() == WRONG_SETTINGS ? "SETTINGS_REFUSED" : "SERVICE_ENDED";
        return Failure.unavailable(
                code,
                "the finance service ended with exit code " + child.exitCode() + ": " + lastWords(child.log()),
                "see " + child.log());
    }

    /** The service says on its last line why it ends. */
    private static String lastWords(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        } catch (IOException | UncheckedIOException unreadable) {
            return "(its log cannot be read)";
        }
    }
}
