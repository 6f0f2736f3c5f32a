package dev.vextrus.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.proxy.forward.ForwardLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
    void an_upstream_that_does_not_read_what_it_is_sent_is_given_up_and_its_connection_closed() throws Exception {
        try (ServerSocket listening = new ServerSocket()) {
            listening.setReceiveBufferSize(4_096);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listening.setSoTimeout(PATIENCE_MILLIS);
            try (ProxyFixture fixture =
                            new ProxyFixture(ForwardLimits.standard().withResponseTimeoutMillis(SHORT_MILLIS));
                    Socket client = client(fixture)) {
                String address = "127.0.0.1:" + listening.getLocalPort();
                fixture.route(ProxyFixture.routing(1, address, "", 0, ProxyFixture.BY_REQUEST));
                Thread.ofVirtual().start(() -> send(client, 30 << 20));
                try (Socket upstream = listening.accept()) {
                    String status = new String(client.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
                    assertThat(status).isEqualTo("HTTP/1.1 504");
                    ProxyFixture.eventually("nobody is there for the upstream", () -> refusesMore(upstream));
                }
                assertThat(fixture.color("blue").path("faults").asInt()).isEqualTo(1);
            }
        }
    }

    private static void send(Socket client, int bytes) {
        try {
            write(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes + "\r\n\r\n");
            client.getOutputStream().write(new byte[bytes]);
        } catch (IOException closed) {
            // The proxy need not read all of it.
        }
    }

    /** Nothing of what it is sent is read here: only a closed connection says so. */
    private static boolean refusesMore(Socket upstream) {
        LockSupport.parkNanos(50_000_000); // the line of an answer that is too long would close it as well
        try {
            upstream.getOutputStream().write(' ');
            return false;
        } catch (IOException closed) {
            return true;
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
