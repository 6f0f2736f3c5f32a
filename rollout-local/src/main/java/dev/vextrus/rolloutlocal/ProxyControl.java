package dev.vextrus.rolloutlocal;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proxy's control address, as docs/contracts/proxy-api.md describes it. */
final class ProxyControl {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration AT_MOST = Duration.ofSeconds(3);

    private final HttpCalls calls;
    private final int port;
    private final String token;

    ProxyControl(HttpCalls calls, int port, String token) {
        this.calls = calls;
        this.port = port;
        this.token = token;
    }

    /** An answer's status and JSON. */
    record Reply(int status, JsonNode json) {}

    /** @throws IOException where no answer came, or none that is JSON */
    Reply get(String path) throws IOException {
        return send("GET", path, "");
    }

    /** @throws IOException where no answer came, or none that is JSON */
    Reply put(String path, String json) throws IOException {
        return send("PUT", path, json);
    }

    private Reply send(String method, String path, String body) throws IOException {
        HttpCalls.Reply reply = calls.send(HttpRequest.newBuilder(HttpCalls.uri(port, path))
                .timeout(AT_MOST)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
        try {
            return new Reply(reply.status(), MAPPER.readTree(reply.body()));
        } catch (JacksonException malformed) {
            throw new IOException("the proxy's control address answered something else than JSON", malformed);
        }
    }
}
