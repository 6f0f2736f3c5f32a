package dev.vextrus.finance.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as a program of a customer would. */
final class Client {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String address;
    private final String token;

    Client(HttpClient http, String address, String token) {
        this.http = http;
        this.address = address;
        this.token = token;
    }

    Client as(String otherToken) {
        return new Client(http, address, otherToken);
    }

    /** A GraphQL request. */
    Reply ask(String query, Map<String, Object> variables) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", query);
        body.put("variables", variables);
        return send(request("/graphql")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Reply ask(String query) {
        return ask(query, Map.of());
    }

    /** A mutation of one field, with a key of its own unless the input names one; the reply's data is the field's. */
    Reply change(String mutation, Map<String, Object> input) {
        Map<String, Object> keyed = new LinkedHashMap<>(input);
        keyed.putIfAbsent("idempotencyKey", UUID.randomUUID().toString());
        String type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1);
        String id = mutation.endsWith("Period") || mutation.endsWith("Periods") ? "" : "id ";
        String number = mutation.equals("approveInvoice") ? "number " : "";
        return ask(
                "mutation " + type + "($input: " + type + "Input!) { " + mutation
                        + "(input: $input) { __typename ... on "
                        + type + "Success { " + id + number
                        + "position repeated } ... on Refusal { code message field remedy } } }",
                Map.of("input", keyed));
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.contains("json"))
                    .isPresent();
            JsonNode body = json
                    ? JSON.readTree(response.body())
                    : JSON.getNodeFactory().stringNode(response.body());
            return new Reply(
                    response.statusCode(), response.headers().firstValue("X-Outcome"), response.headers(), body);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
