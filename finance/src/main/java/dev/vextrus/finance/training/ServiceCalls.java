package dev.vextrus.finance.training;

import dev.vextrus.finance.codec.FinanceJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** HTTP to the service being trained. */
final class ServiceCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> OPERATORS_ASK = List.of(
            "/metrics",
            "/health/full",
            "/rollout/v1/release",
            "/rollout/v1/read-model",
            "/rollout/v1/integrity",
            "/rollout/v1/parity?after=0&limit=100",
            "/rollout/v1/decisions?after=0&limit=1000&mode=recorded",
            "/rollout/v1/decisions?after=0&limit=1000&mode=decided");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final URI management;

    ServiceCalls(URI service, URI management) {
        this.service = service;
        this.management = management;
    }

    /**
     * The answer's {@code data}.
     *
     * @param key the idempotency key
     * @throws IOException where there is none
     */
    JsonNode ask(String token, String key, String operation, String document, Map<String, ?> variables)
            throws IOException, InterruptedException {
        byte[] body = FinanceJson.mapper()
                .writeValueAsBytes(Map.of("query", document, "operationName", operation, "variables", variables));
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/graphql"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .header("X-Operation", operation)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode answer = FinanceJson.mapper().readTree(response.body());
        if (!answer.path("data").isObject() || answer.has("errors")) {
            throw new IOException(operation + " was answered " + response.statusCode() + " " + answer);
        }
        return answer.path("data");
    }

    /** What a rollout and a scraper ask. */
    void askManagement() throws IOException, InterruptedException {
        for (String path : OPERATORS_ASK) {
            HttpResponse<byte[]> response = get(management.resolve(path));
            if (response.statusCode() != 200) {
                throw new IOException(path + " was answered " + response.statusCode());
            }
        }
    }

    private HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
