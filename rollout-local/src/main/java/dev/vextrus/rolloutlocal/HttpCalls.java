package dev.vextrus.rolloutlocal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls over 127.0.0.1 with a deadline. */
final class HttpCalls implements AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** An answer; {@code body} is text. */
    record Reply(int status, String body) {}

    /** @throws IOException where no answer came in time */
    Reply get(int port, String path, Duration atMost) throws IOException {
        return send(HttpRequest.newBuilder(uri(port, path)).timeout(atMost).build());
    }

    /** @throws IOException where no answer came in time */
    Reply post(int port, String path, Duration atMost) throws IOException {
        return send(HttpRequest.newBuilder(uri(port, path))
                .timeout(atMost)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    Reply send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
