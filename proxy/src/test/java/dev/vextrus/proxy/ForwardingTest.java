package dev.vextrus.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.proxy.forward.ForwardLimits;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ForwardingTest {
    @Test
    void a_request_and_its_answer_pass_unchanged_but_for_hop_by_hop_headers() {
        AtomicReference<String> seen = new AtomicReference<>();
        try (TestUpstream upstream = new TestUpstream(request -> request.body().onSuccess(body -> {
                    seen.set(request.method() + " " + request.uri() + " " + request.headers() + " " + body);
                    request.response()
                            .setStatusCode(201)
                            .putHeader("X-Release", "1.0.0")
                            .putHeader("Keep-Alive", "timeout=5")
                            .end("made");
                }));
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            HttpResponse<String> answer = fixture.send(fixture.request("/entries/7?full=a%20b")
                    .header("X-Forwarded-For", "10.9.9.9")
                    .header("TE", "trailers")
                    .header("x-canary", "true")
                    .header("Cookie", "a=1")
                    .POST(HttpRequest.BodyPublishers.ofString("hello")));

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("made");
            assertThat(answer.headers().firstValue("x-release")).contains("1.0.0");
            assertThat(answer.headers().firstValue("keep-alive")).isEmpty();
            assertThat(seen.get())
                    .startsWith("POST /entries/7?full=a%20b ")
                    .endsWith(" hello")
                    .containsIgnoringCase("host=127.0.0.1:" + fixture.proxy.port())
                    .containsIgnoringCase("x-forwarded-for=127.0.0.1")
                    .containsIgnoringCase("x-forwarded-proto=http")
                    .containsIgnoringCase("cookie=a=1")
                    .doesNotContainIgnoringCase("x-canary")
                    .doesNotContainIgnoringCase("te=trailers")
                    .doesNotContain("10.9.9.9");
        }
    }

    @Test
    void head_no_content_and_empty_posts_keep_the_connection_in_step() {
        try (TestUpstream upstream = new TestUpstream(request -> {
                    switch (request.uri()) {
                        case "/none" -> request.response().setStatusCode(204).end();
                        case "/head" ->
                            request.response()
                                    .putHeader("content-length", "500")
                                    .end();
                        default ->
                            request.body().onSuccess(body -> request.response().end("got " + body.length()));
                    }
                });
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            for (int i = 0; i < 5; i++) {
                assertThat(fixture.get("/none").statusCode()).isEqualTo(204);
                HttpResponse<String> head =
                        fixture.send(fixture.request("/head").method("HEAD", HttpRequest.BodyPublishers.noBody()));
                assertThat(head.headers().firstValue("content-length")).contains("500");
                assertThat(fixture.send(fixture.request("/p").POST(HttpRequest.BodyPublishers.noBody()))
                                .body())
                        .isEqualTo("got 0");
            }
        }
    }

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
    void a_body_over_the_limit_is_refused_whether_announced_or_not() {
        try (TestUpstream upstream = new TestUpstream(request ->
                        request.body().onSuccess(body -> request.response().end()));
                ProxyFixture fixture = new ProxyFixture(ForwardLimits.standard().withMaxBodyBytes(10_000))) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            byte[] body = new byte[10_001];
            HttpResponse<String> announced =
                    fixture.send(fixture.request("/p").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
            assertThat(announced.statusCode()).isEqualTo(413);
            assertThat(announced.body()).contains("PROXY_BODY_TOO_LARGE");
            assertThat(upstream.served).hasValue(0);
            HttpResponse<String> streamed = fixture.send(fixture.request("/p")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));
            assertThat(streamed.statusCode()).isEqualTo(413);
            assertThat(fixture.color("blue").path("faults").asInt()).isZero();
        }
    }

    @Test
    void an_upstream_that_dies_before_it_answers_gives_502_and_counts_as_its_colours_fault() {
        try (TestUpstream upstream =
                        new TestUpstream(request -> request.connection().close());
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            HttpResponse<String> answer = fixture.get("/x");
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("PROXY_UPSTREAM_BROKE_OFF");
            assertThat(answer.headers().firstValue("x-outcome")).contains("fault");
            assertThat(answer.headers().firstValue("x-release"))
                    .as("whose fault it is")
                    .contains("1.0.0");
            assertThat(upstream.served)
                    .as("a request that may have been sent is not sent again")
                    .hasValue(1);
            assertThat(fixture.color("blue").path("faults").asInt()).isEqualTo(1);
            assertThat(fixture.color("blue").path("droppedConnections").asInt()).isZero();
        }
    }

    @Test
    void an_upstream_that_dies_in_the_middle_of_its_answer_breaks_the_clients_answer_too() throws IOException {
        try (TestUpstream upstream = new TestUpstream(request -> request.response()
                        .putHeader("content-length", "100")
                        .write("half")
                        .onComplete(written -> request.connection().close()));
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.proxy.port())) {
                // Below every idle limit: the proxy must close the connection because of what happened, not in time.
                socket.setSoTimeout(25_000);
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(all).startsWith("HTTP/1.1 200").endsWith("half");
            }
            assertThat(fixture.color("blue").path("faults").asInt()).isEqualTo(1);
            assertThat(fixture.color("blue").path("droppedConnections").asInt()).isEqualTo(1);
        }
    }

    @Test
    void an_upstream_that_does_not_answer_in_time_gives_504_and_is_a_fault() {
        try (TestUpstream upstream = new TestUpstream(request -> {});
                ProxyFixture fixture = new ProxyFixture(ForwardLimits.standard().withResponseTimeoutMillis(200))) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            assertThat(fixture.get("/x").statusCode()).isEqualTo(504);
            assertThat(fixture.color("blue").path("faults").asInt()).isEqualTo(1);
        }
    }

    @Test
    void the_callers_mistakes_are_told_by_the_outcome_or_else_by_the_status() {
        try (TestUpstream upstream = new TestUpstream(request -> {
                    String outcome = request.getHeader("x-asked-outcome");
                    if (outcome != null) {
                        request.response().putHeader("X-Outcome", outcome);
                    }
                    request.response()
                            .setStatusCode(Integer.parseInt(request.uri().substring(1)))
                            .end();
                });
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            fixture.send(fixture.request("/404").header("Authorization", ProxyFixture.bearer("by-status")));
            fixture.send(fixture.request("/204").header("Authorization", ProxyFixture.bearer("refused-token")));
            fixture.send(fixture.request("/401").header("Authorization", ProxyFixture.bearer("refused-token")));
            fixture.send(asked(fixture, "/200", "client", "by-outcome"));
            fixture.send(asked(fixture, "/409", "refused", "refused-by-a-rule"));
            fixture.send(fixture.request("/204").header("Authorization", ProxyFixture.bearer("well")));
            Map<String, Integer> asked = new TreeMap<>();
            Map<String, Integer> mistakes = new TreeMap<>();
            ProxyFixture.eventually("all seconds are closed", () -> {
                asked.clear();
                mistakes.clear();
                fixture.controlJson("/control/v1/samples").path("samples").forEach(s -> {
                    String tenant = s.path("tenant").asString();
                    asked.merge(tenant, s.path("asked").asInt(), Integer::sum);
                    mistakes.merge(tenant, s.path("clientErrors").asInt(), Integer::sum);
                });
                return asked.values().stream().mapToInt(count -> count).sum() == 6;
            });

            assertThat(asked)
                    .containsEntry("by-status", 1)
                    .containsEntry("refused-token", 2)
                    .containsEntry("by-outcome", 1)
                    .containsEntry("refused-by-a-rule", 1)
                    .containsEntry("well", 1);
            assertThat(mistakes)
                    .containsEntry("by-status", 1)
                    .containsEntry("refused-token", 1)
                    .containsEntry("by-outcome", 1)
                    .containsEntry("refused-by-a-rule", 0)
                    .containsEntry("well", 0);
        }
    }

    private static HttpRequest.Builder asked(ProxyFixture fixture, String path, String outcome, String tenant) {
        return fixture.request(path)
                .header("x-asked-outcome", outcome)
                .header("Authorization", ProxyFixture.bearer(tenant));
    }

    @Test
    void a_refused_connection_is_tried_once_on_another_instance_of_the_same_colour() throws IOException {
        String nobody = closedPort();
        try (TestUpstream alive = TestUpstream.named("alive");
                TestUpstream stable = TestUpstream.named("stable");
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(
                    1, stable.address(), nobody + "," + alive.address(), 1, ProxyFixture.BY_REQUEST));
            for (int i = 0; i < 10; i++) {
                assertThat(fixture.get("/x").body()).isEqualTo("alive");
            }
            assertThat(fixture.color("green").path("refusedConnections").asInt())
                    .isPositive();
            assertThat(fixture.color("green").path("faults").asInt()).isZero();

            fixture.route(ProxyFixture.routing(2, stable.address(), nobody, 1, ProxyFixture.BY_REQUEST));
            assertThat(fixture.get("/x").statusCode()).isEqualTo(502);
            assertThat(fixture.color("green").path("faults").asInt()).isEqualTo(1);
            assertThat(stable.served)
                    .as("no request falls over to the other colour")
                    .hasValue(0);
        }
    }

    private static String closedPort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void a_client_that_hangs_up_is_no_fault_and_leaves_nothing_in_flight() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (TestUpstream upstream = new TestUpstream(request -> {
                    request.response().closeHandler(gone -> closed.countDown());
                    arrived.countDown();
                });
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.proxy.port())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(closed.await(5, TimeUnit.SECONDS))
                    .as("the upstream hears of it")
                    .isTrue();
            ProxyFixture.eventually(
                    "counted", () -> fixture.color("blue").path("clientGone").asInt() == 1);
            assertThat(fixture.color("blue").path("faults").asInt()).isZero();
            assertThat(fixture.color("blue").path("inFlight").asInt()).isZero();
        }
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
