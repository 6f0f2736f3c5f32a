package dev.vextrus.cli.demo.traffic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.databind.json.JsonMapper;

/** Sends GraphQL over keep-alive connections, as a browser or another service does. */
public final class GraphQlCaller implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long LONGEST_IDLE_NANOS = Duration.ofSeconds(10).toNanos();

    private final URI endpoint;
    private final String host;
    private final Deque<HttpConnection> free = new ConcurrentLinkedDeque<>();
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();

    public GraphQlCaller(URI endpoint) {
        this(endpoint, endpoint.getRawAuthority());
    }

    /** @param host that is asked for there */
    GraphQlCaller(URI endpoint, String host) {
        this.endpoint = endpoint;
        this.host = host;
    }

    /**
     * One request.
     *
     * @param operation the operation's name, also sent as {@code X-Operation}
     * @param key the idempotency key of a mutation, empty for a query
     */
    public record Call(String operation, String document, Map<String, ?> variables, String key, String correlation) {}

    /** @throws IOException if the connection ends without an answer */
    public Reply send(String token, Call call) throws IOException {
        byte[] request = request(token, call);
        HttpConnection connection = take();
        boolean kept = false;
        try {
            HttpConnection.Answer answer = connection.exchange(request);
            if (!answer.last()) {
                connection.freeAt(System.nanoTime());
                free.push(connection);
                kept = true;
            }
            return Reply.of(answer);
        } finally {
            if (!kept) {
                drop(connection);
            }
        }
    }

    private byte[] request(String token, Call call) {
        byte[] body = JSON.writeValueAsBytes(
                Map.of("query", call.document(), "operationName", call.operation(), "variables", call.variables()));
        StringBuilder head = new StringBuilder(1_024)
                .append("POST ")
                .append(endpoint.getRawPath())
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\nContent-Type: application/json\r\nAuthorization: Bearer ")
                .append(token)
                .append("\r\nX-Operation: ")
                .append(call.operation())
                .append("\r\nX-Correlation-Id: ")
                .append(call.correlation())
                .append("\r\nContent-Length: ")
                .append(body.length);
        if (!call.key().isEmpty()) {
            head.append("\r\nIdempotency-Key: ").append(call.key());
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + 4 + body.length);
        request.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** The one that was used last: those that are too many come to stand idle, and are dropped. */
    private HttpConnection take() throws IOException {
        long now = System.nanoTime();
        for (HttpConnection next = free.poll(); next != null; next = free.poll()) {
            if (next.freeNanos(now) < LONGEST_IDLE_NANOS) {
                return next;
            }
            drop(next);
        }
        HttpConnection connection = new HttpConnection(endpoint, TIMEOUT);
        open.add(connection);
        return connection;
    }

    private void drop(HttpConnection connection) throws IOException {
        open.remove(connection);
        connection.close();
    }

    @Override
    public void close() throws IOException {
        for (HttpConnection connection : open) {
            drop(connection);
        }
    }
}
