package dev.vextrus.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.proxy.forward.ForwardLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a client gets, and who is blamed, where one side breaks off or is not there. */
class UpstreamFailuresTest {
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
}
