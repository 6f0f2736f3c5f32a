package dev.vextrus.cli.smoke;

import dev.vextrus.cli.smoke.Check.Failed;
import dev.vextrus.cli.smoke.Check.Skipped;
import dev.vextrus.cli.token.Role;
import dev.vextrus.cli.token.TokenMint;
import dev.vextrus.kernel.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the service under test. */
final class Caller implements AutoCloseable {
    /** Books that only smoke tests write to. */
    static final TenantId TENANT = TenantId.of("smoke-test");

    /** Books that must not see those. */
    static final TenantId OTHER_TENANT = TenantId.of("smoke-test-other");

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration TOKEN_FOR = Duration.ofMinutes(15);
    private static final List<Role> ROLES = List.of(Role.admin, Role.controller, Role.accountant);

    private final Place place;
    private final Instant now;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Caller(Place place, Instant now) {
        this.place = place;
        this.now = now;
    }

    Place place() {
        return place;
    }

    Instant now() {
        return now;
    }

    /** An answer as it came. */
    record Reply(int status, String body, HttpResponse<String> raw) {

        JsonNode json() throws Failed {
            try {
                return JsonMapper.shared().readTree(body);
            } catch (JacksonException notJson) {
                throw new Failed("status " + status + " with a body that is no JSON");
            }
        }

        /** The code of the first error, empty where there is none. */
        String errorCode() throws Failed {
            JsonNode json = json();
            String code =
                    json.path("errors").path(0).path("extensions").path("code").asString("");
            return code.isEmpty() ? json.path("error").path("code").asString("") : code;
        }
    }

    /** A token for books of the smoke tests. */
    String token(TenantId tenant) throws Skipped {
        byte[] secret = place.jwtSecret()
                .orElseThrow(
                        () -> new Skipped("needs a token; name the file of the token secret by --jwt-secret-file"));
        return new TokenMint(secret).mint(tenant, "smoke-test", ROLES, now, TOKEN_FOR);
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(place.url().resolve(path)).GET());
    }

    /** From the management address. */
    Reply manage(String path) throws IOException, InterruptedException, Skipped {
        URI management = place.management()
                .orElseThrow(() -> new Skipped("needs the management address; name it by --management-url"));
        return send(HttpRequest.newBuilder(management.resolve(path)).GET());
    }

    /** A GraphQL request as {@code token}'s holder; an empty one sends none. */
    Reply graphql(String token, String document, Map<String, ?> variables) throws IOException, InterruptedException {
        return send(graphqlRequest(token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JsonMapper.shared().writeValueAsString(Map.of("query", document, "variables", variables)))));
    }

    /** The {@code data} of a GraphQL answer. */
    JsonNode data(String token, String document, Map<String, ?> variables)
            throws IOException, InterruptedException, Failed {
        Reply reply = graphql(token, document, variables);
        JsonNode json = reply.json();
        if (reply.status() != 200 || json.has("errors")) {
            String why = json.path("errors").path(0).path("message").asString("");
            throw new Failed("status " + reply.status() + " " + reply.errorCode() + " " + why);
        }
        return json.path("data");
    }

    /** Every request is one of its own: it has a key that no other has. */
    HttpRequest.Builder graphqlRequest(String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(place.url().resolve("/graphql"))
                .header("X-Operation", "SmokeTest")
                .header("Idempotency-Key", "smoke-" + UUID.randomUUID());
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body(), response);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
