package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.proxyapi.ProxyControl;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The control address of the proxy on this machine. */
final class LocalProxyControl implements ProxyControl {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration AT_MOST = Duration.ofSeconds(3);

    private final HttpCalls calls;
    private final int port;
    private final String token;

    LocalProxyControl(HttpCalls calls, int port, String token) {
        this.calls = calls;
        this.port = port;
        this.token = token;
    }

    @Override
    public Reply get(String path) throws IOException {
        return send("GET", path, "");
    }

    @Override
    public Reply put(String path, String json) throws IOException {
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
