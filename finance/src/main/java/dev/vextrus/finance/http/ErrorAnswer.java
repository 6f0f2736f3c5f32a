package dev.vextrus.finance.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An error as every client sees it, in GraphQL's shape on every path, so that one piece of client code reads them all.
 * Messages never carry a stack, a statement or a secret.
 *
 * @param code stable; clients may branch on it
 * @param remedy what the caller can do about it
 */
public record ErrorAnswer(int status, String code, String message, String remedy) {
    /** What a client does about an outage, in seconds: long enough for a database to restart. */
    public static final String RETRY_AFTER_SECONDS = "2";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static ErrorAnswer unavailable() {
        return new ErrorAnswer(
                503,
                "UNAVAILABLE",
                "The books cannot be reached at the moment; nothing is known to have changed.",
                "Try again after a moment with the same idempotency key.");
    }

    public static ErrorAnswer internal() {
        return new ErrorAnswer(
                500,
                "INTERNAL",
                "Something went wrong on our side.",
                "Try again; report the X-Correlation-Id if it stays.");
    }

    public static ErrorAnswer ofStatus(int status) {
        return switch (status) {
            case 401 ->
                new ErrorAnswer(401, "TOKEN_MISSING", "A token is needed.", "Send 'Authorization: Bearer <token>'.");
            case 403 ->
                new ErrorAnswer(403, "FORBIDDEN", "This is not allowed.", "Ask for a token with the role it needs.");
            case 404 -> new ErrorAnswer(404, "NOT_FOUND", "There is nothing here.", "The API is POST /graphql.");
            case 405 -> new ErrorAnswer(405, "METHOD", "This method is not offered here.", "The API is POST /graphql.");
            case 413 -> new ErrorAnswer(413, "BODY_TOO_LARGE", "The body is too large.", "Send a smaller request.");
            case 415 ->
                new ErrorAnswer(415, "CONTENT_TYPE", "The body is not JSON.", "Send 'Content-Type: application/json'.");
            case 503 -> unavailable();
            default ->
                status >= 500
                        ? internal()
                        : new ErrorAnswer(status, "BAD_REQUEST", "The request cannot be read.", "Check its form.");
        };
    }

    public Map<String, Object> body() {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code);
        extensions.put("remedy", remedy);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("extensions", extensions);
        return Map.of("errors", List.of(error));
    }

    public void writeTo(HttpServletResponse response) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body()).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        if (status == 503) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
