package dev.vextrus.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.proxy.forward.ForwardLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Each side may fall silent with a request or an answer half moved. Only the limit in question is short: the others are the
 * usual minute, which is beyond what a test waits.
 */
class DeadlinesTest {
    private static final int SHORT_MILLIS = 300;
    /** Below the limits that are not in question, so that what ends the wait is the one that is. */
    private static final int PATIENCE_MILLIS = 25_000;

    @Test
    void an_upstream_that_falls_silent_in_the_middle_of_its_answer_is_given_up() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (TestUpstream upstream = new TestUpstream(request -> {
                    request.connection().closeHandler(closed -> left.countDown());
                    request.response().putHeader("content-length", "100").write("half");
                });
                ProxyFixture fixture = new ProxyFixture(limits(SHORT_MILLIS, 60_000));
                Socket client = client(fixture)) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            write(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("half");
            assertThat(fixture.color("blue").path("faults").asInt()).isEqualTo(1);
            assertThat(left.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                    .as("the upstream's connection is let go too")
                    .isTrue();
        }
    }

    @Test
    void a_client_that_falls_silent_in_the_middle_of_its_request_is_given_up_and_nobodys_fault() throws IOException {
        try (TestUpstream upstream = new TestUpstream(request ->
                        request.body().onSuccess(body -> request.response().end()));
                ProxyFixture fixture = new ProxyFixture(limits(60_000, SHORT_MILLIS));
                Socket client = client(fixture)) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            write(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");

            assertThat(client.getInputStream().readAllBytes()).isEmpty();
            assertThat(fixture.color("blue").path("clientGone").asInt()).isEqualTo(1);
            assertThat(fixture.color("blue").path("faults").asInt()).isZero();
        }
    }

    @Test
    void a_client_that_does_not_read_its_answer_is_given_up_and_nobodys_fault() throws IOException {
        Buffer piece = Buffer.buffer(new byte[64 * 1024]);
        try (TestUpstream upstream = new TestUpstream(request -> {
                    request.response().setChunked(true);
                    pour(request.response(), piece);
                });
                ProxyFixture fixture = new ProxyFixture(limits(60_000, SHORT_MILLIS));
                Socket client = client(fixture)) {
            fixture.route(ProxyFixture.routing(1, upstream.address(), "", 0, ProxyFixture.BY_REQUEST));
            write(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            ProxyFixture.eventually(
                    "the client is given up",
                    () -> fixture.color("blue").path("clientGone").asInt() == 1);
            assertThat(fixture.color("blue").path("faults").asInt()).isZero();
            assertThat(fixture.color("blue").path("inFlight").asInt()).isZero();
        }
    }

    private static ForwardLimits limits(int streamMillis, int clientMillis) {
        ForwardLimits usual = ForwardLimits.standard();
        return new ForwardLimits(
                usual.maxHeaderBytes(),
                usual.maxRequestLineBytes(),
                usual.maxBodyBytes(),
                usual.responseTimeoutMillis(),
                streamMillis,
                clientMillis,
                usual.connectTimeoutMillis(),
                usual.upstreamKeepAliveSeconds(),
                usual.maxConnectionsPerUpstream(),
                usual.maxWaiting(),
                usual.trustForwarded());
    }

    private static Socket client(ProxyFixture fixture) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void pour(HttpServerResponse response, Buffer piece) {
        while (!response.writeQueueFull() && !response.closed()) {
            response.write(piece);
        }
        response.drainHandler(room -> pour(response, piece));
    }
}
