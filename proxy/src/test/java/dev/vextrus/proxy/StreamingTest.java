package dev.vextrus.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Bodies, events and sockets that flow, in either direction, for longer than a moment. */
class StreamingTest {
    @Test
    void large_bodies_stream_both_ways_with_and_without_a_length() {
        byte[] large = new byte[5_000_000];
        new java.util.Random(7).nextBytes(large);
        try (TestUpstream upstream = new TestUpstream(request -> {
                    request.response().setChunked(request.uri().equals("/chunked"));
                    String length = request.getHeader("content-length");
                    if (!request.response().isChunked() && length != null) {
                        request.response().putHeader("content-length", length);
                    }
                    request.pipeTo(request.response());
                });
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            assertThat(echo(fixture, "/sized", HttpRequest.BodyPublishers.ofByteArray(large)))
                    .isEqualTo(large);
            assertThat(echo(
                            fixture,
                            "/chunked",
                            HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))))
                    .isEqualTo(large);
        }
    }

    private static byte[] echo(ProxyFixture fixture, String path, HttpRequest.BodyPublisher body) {
        return fixture.http
                .sendAsync(fixture.request(path).POST(body).build(), HttpResponse.BodyHandlers.ofByteArray())
                .join()
                .body();
    }

    @Test
    void events_arrive_one_by_one_while_the_stream_stays_open() throws IOException {
        AtomicReference<io.vertx.core.http.HttpServerResponse> stream = new AtomicReference<>();
        try (TestUpstream upstream = new TestUpstream(request -> {
                    request.response().setChunked(true).putHeader("content-type", "text/event-stream");
                    request.response().writeHead();
                    stream.set(request.response());
                });
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            HttpResponse<InputStream> answer = fixture.http
                    .sendAsync(fixture.request("/events").build(), HttpResponse.BodyHandlers.ofInputStream())
                    .join();
            for (int i = 0; i < 3; i++) {
                stream.get().write("data: " + i + "\n\n");
                byte[] event = answer.body().readNBytes(9);
                assertThat(new String(event, StandardCharsets.UTF_8)).isEqualTo("data: " + i + "\n\n");
            }
            stream.get().end();
            assertThat(answer.body().readAllBytes()).isEmpty();
        }
    }

    @Test
    void a_websocket_passes_through() throws Exception {
        try (TestUpstream upstream = new TestUpstream(request -> request.toWebSocket()
                        .onSuccess(
                                socket -> socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text))));
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            java.util.concurrent.CompletableFuture<String> heard = new java.util.concurrent.CompletableFuture<>();
            java.net.http.WebSocket socket = fixture.http
                    .newWebSocketBuilder()
                    .buildAsync(
                            java.net.URI.create("ws://127.0.0.1:" + fixture.proxy.port() + "/live"),
                            new java.net.http.WebSocket.Listener() {
                                @Override
                                public java.util.concurrent.CompletionStage<?> onText(
                                        java.net.http.WebSocket from, CharSequence text, boolean last) {
                                    heard.complete(text.toString());
                                    return java.util.concurrent.CompletableFuture.completedStage(null);
                                }
                            })
                    .join();
            socket.sendText("hello", true).join();
            socket.request(1);
            assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo("echo hello");
            socket.abort();
        }
    }

    @Test
    void a_websocket_that_the_release_refuses_leaves_the_connection_to_the_next_request() throws IOException {
        try (TestUpstream upstream = new TestUpstream(request -> request.response()
                        .setStatusCode(request.getHeader("upgrade") == null ? 200 : 403)
                        .putHeader("content-length", "2")
                        .end("no"));
                ProxyFixture fixture = new ProxyFixture();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.proxy.port())) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            socket.setSoTimeout(25_000);
            String upgrade = """
                    GET /live HTTP/1.1\r
                    Host: a\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    \r
                    """;
            socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.UTF_8));
            assertThat(answer(socket)).startsWith("HTTP/1.1 403");

            String close = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(close.getBytes(StandardCharsets.UTF_8));
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** Head and the two bytes of a body. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\nno")) {
            int next = socket.getInputStream().read();
            assertThat(next).as("end of the connection after: " + text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    @Test
    void a_reader_that_does_not_read_stops_the_upstream_instead_of_filling_memory() throws Exception {
        AtomicReference<Long> written = new AtomicReference<>(0L);
        Buffer piece = Buffer.buffer(new byte[64 * 1024]);
        try (TestUpstream upstream = new TestUpstream(request -> {
                    request.response().setChunked(true);
                    pour(request.response(), piece, written);
                });
                ProxyFixture fixture = new ProxyFixture();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.proxy.port())) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            AtomicReference<Long> before = new AtomicReference<>(-1L);
            ProxyFixture.eventually("the flow stands still", () -> {
                java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                return before.getAndSet(written.get()).equals(written.get()) && written.get() > 0;
            });
            assertThat(written.get())
                    .as("bytes that socket buffers and queues took")
                    .isLessThan(40_000_000L);
        }
    }

    private static void pour(
            io.vertx.core.http.HttpServerResponse response, Buffer piece, AtomicReference<Long> written) {
        while (!response.writeQueueFull() && written.get() < 1_000_000_000L) {
            response.write(piece);
            written.set(written.get() + piece.length());
        }
        response.drainHandler(room -> pour(response, piece, written));
    }
}
