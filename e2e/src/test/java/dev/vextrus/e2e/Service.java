package dev.vextrus.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running {@code vextrus serve --json}. */
final class Service implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Process serve;
    private final Path out;
    private final Path err;
    private final FrontDoor door;
    private final Path data;
    private final URI url;

    private Service(Process serve, Path out, Path err, FrontDoor door, Path data) throws Exception {
        this.serve = serve;
        this.out = out;
        this.err = err;
        this.door = door;
        this.data = data;
        this.url = URI.create(awaitAnswer().path("url").asString());
    }

    static Service on(Path data, int port) throws Exception {
        FrontDoor door = FrontDoor.from(FrontDoor.repository());
        Path out = Files.createTempFile("serve", ".out");
        Path err = Files.createTempFile("serve", ".err");
        Process serve = door.start(
                Map.of(), out, err, "serve", "--data", data.toString(), "--port", Integer.toString(port), "--json");
        return new Service(serve, out, err, door, data);
    }

    private JsonNode awaitAnswer() throws Exception {
        return Eventually.get(LIMIT, () -> {
            if (!serve.isAlive()) {
                throw new AssertionError("serve ended: " + Files.readString(err));
            }
            String said = Files.readString(out).strip();
            if (said.contains("\"error\"")) {
                throw new AssertionError("serve does not serve: " + said);
            }
            return said.endsWith("}") ? JsonMapper.shared().readTree(said) : null;
        });
    }

    String token(String tenant, String... roles) {
        FrontDoor.Ended ended = door.run(
                "token", "--tenant", tenant, "--role", String.join(",", List.of(roles)), "--data", data.toString());
        if (ended.exitCode() != 0) {
            throw new AssertionError(ended.err());
        }
        return ended.out().strip();
    }

    /** The answer's {@code data}; throws where the service cannot be reached or finds fault. */
    JsonNode ask(String token, String document) throws IOException, InterruptedException {
        return answer(question(token, JsonMapper.shared().writeValueAsString(Map.of("query", document)))
                .header("Idempotency-Key", "ask-" + document.hashCode())
                .build());
    }

    /** The same for a whole body, as somebody with curl sends it. */
    JsonNode post(String token, String body) throws IOException, InterruptedException {
        return answer(question(token, body).build());
    }

    private HttpRequest.Builder question(String token, String body) {
        return HttpRequest.newBuilder(url.resolve("/graphql"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode body = JsonMapper.shared().readTree(response.body());
        if (response.statusCode() != 200 || body.has("errors")) {
            throw new IOException(response.statusCode() + " " + body);
        }
        return body.path("data");
    }

    /** The same, asked again while the service is not there. */
    JsonNode askUntilAnswered(String token, String document) throws Exception {
        return Eventually.get(LIMIT, () -> {
            try {
                return ask(token, document);
            } catch (IOException notNow) {
                return null;
            }
        });
    }

    long financePid() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(data.resolve("serve.json")))
                .path("finance")
                .path("pid")
                .asLong();
    }

    long postgresPid() throws IOException {
        return Long.parseLong(Files.readString(data.resolve("postgres/postmaster.pid"))
                .lines()
                .findFirst()
                .orElseThrow());
    }

    long pid() {
        return serve.pid();
    }

    /** {@code kill -9}: nothing gets to say good-bye. */
    static void killOutright(long pid) throws Exception {
        ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().get(10, TimeUnit.SECONDS);
    }

    /** A process that has ended stays in the process table until its parent, here the system's first process, takes note. */
    static void awaitGone(long pid) throws Exception {
        Eventually.get(LIMIT, () -> alive(pid) ? null : true);
    }

    static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public void close() {
        serve.destroy();
        try {
            serve.onExit().get(60, TimeUnit.SECONDS);
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (Exception tooLate) {
            serve.destroyForcibly();
            throw new AssertionError("serve did not end within 60 s of being told to", tooLate);
        }
    }
}
