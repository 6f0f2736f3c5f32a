package dev.vextrus.cli.demo.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** Sends GraphQL over keep-alive connections, as a browser or another service does. */
public final class GraphQlCaller implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI endpoint;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    public GraphQlCaller(URI endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * One request.
     *
     * @param operation the operation's name, also sent as {@code X-Operation}
     * @param key the idempotency key of a mutation, empty for a query
     */
    public record Call(String operation, String document, Map<String, ?> variables, String key, String correlation) {}

    /** @throws IOException if the connection ends without an answer */
    public Reply send(String token, Call call) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(
                Map.of("query", call.document(), "operationName", call.operation(), "variables", call.variables()));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .header("X-Operation", call.operation())
                .header("X-Correlation-Id", call.correlation())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!call.key().isEmpty()) {
            request.header("Idempotency-Key", call.key());
        }
        return Reply.of(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
