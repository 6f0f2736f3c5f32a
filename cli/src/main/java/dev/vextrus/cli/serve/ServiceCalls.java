package dev.vextrus.cli.serve;

import dev.vextrus.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP to a finance service, with its refusals and outages told as a command tells them. */
public final class ServiceCalls implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ServiceOptions.Reached service;

    public ServiceCalls(ServiceOptions.Reached service) {
        this.service = service;
    }

    /** The body of a GET, as it comes. */
    public InputStream get(String pathAndQuery) throws InterruptedException {
        return send(request(pathAndQuery).GET().build());
    }

    /** The body of the answer to a POST, as it comes. */
    public InputStream post(String pathAndQuery, String contentType, BodyPublisher body) throws InterruptedException {
        return send(request(pathAndQuery)
                .header("Content-Type", contentType)
                .POST(body)
                .build());
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(service.url() + pathAndQuery))
                .header("Authorization", "Bearer " + service.token())
                .header("X-Requested-With", "vextrus");
    }

    private InputStream send(HttpRequest request) throws InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw Failure.unavailable(
                    "SERVICE_UNREACHABLE",
                    service.url() + " does not answer (" + e.getClass().getSimpleName() + ")",
                    "check --url, or that 'vextrus serve' runs",
                    e);
        }
        if (response.statusCode() == 200) {
            return response.body();
        }
        throw refused(response);
    }

    private Failure refused(HttpResponse<InputStream> response) {
        String text;
        try (InputStream body = response.body()) {
            text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            text = "";
        }
        String code = "HTTP_" + response.statusCode();
        String message = service.url() + " answered " + response.statusCode();
        String remedy = remedy(response.statusCode());
        try {
            JsonNode json = JsonMapper.shared().readTree(text);
            JsonNode error =
                    json.has("error") ? json.path("error") : json.path("errors").path(0);
            JsonNode of = error.isMissingNode() ? json : error;
            code = of.path("code").asString(of.path("extensions").path("code").asString(code));
            message = of.path("message").asString(message);
            // The service knows best which tenant or format is wrong; how to come by a token the command does.
            remedy = response.statusCode() == 404 && !code.equals("NOT_FOUND")
                    ? of.path("extensions").path("remedy").asString(remedy)
                    : remedy;
        } catch (JacksonException notJson) {
            message = message + ": " + text.lines().findFirst().orElse("");
        }
        return response.statusCode() >= 500
                ? Failure.unavailable(code, message, "see the service's log, or try again")
                : Failure.ended(code, message, remedy);
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 -> "the token is missing, expired or of another service: mint one with 'vextrus token'";
            case 403 -> "the token's roles do not allow it: mint one with more --role";
            case 404 -> "check --url: this service does not offer it";
            default -> "check the command's options";
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
