package dev.vextrus.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ShiftingTest {
    private static String cohort(int tenants) {
        return IntStream.range(0, tenants)
                .mapToObj(i -> "\"tenant-" + i + "\"")
                .collect(Collectors.joining(",", "{\"mode\":\"tenant\",\"tenants\":[", "]}"));
    }

    @Test
    void fifty_shifts_under_load_fail_no_request_and_drop_no_connection() {
        try (TestUpstream stable = TestUpstream.named("stable");
                TestUpstream canary = TestUpstream.named("canary");
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, stable.address(), canary.address(), 0, cohort(0)));
            long answered;
            try (LoadClient load = new LoadClient(fixture.proxy.port(), 16)) {
                for (int shift = 1; shift <= 50; shift++) {
                    long before = load.answered.get();
                    double weight = new double[] {0.1, 0.3, 0.6, 1, 0}[shift % 5];
                    String routing = ProxyFixture.routing(
                            1 + shift, stable.address(), canary.address(), weight, cohort((int) (16 * weight)));
                    fixture.route(routing);
                    int colour = canary.served.get();
                    ProxyFixture.eventually("traffic went on", () -> load.answered.get() > before + 50);
                    if (weight == 0) {
                        // What was in flight at the shift may still arrive; nothing that came after it does.
                        assertThat(canary.served.get() - colour).isLessThanOrEqualTo(16);
                    }
                }
                load.end();
                assertThat(load.failed).hasValue(0);
                assertThat(load.dropped).hasValue(0);
                answered = load.answered.get();
            }
            JsonNode blue = fixture.color("blue");
            JsonNode green = fixture.color("green");
            assertThat(blue.path("requests").asLong() + green.path("requests").asLong())
                    .as("every request is counted once")
                    .isEqualTo(answered);
            assertThat(green.path("requests").asLong()).isPositive().isEqualTo(canary.served.get());
            assertThat(blue.path("droppedConnections").asLong()
                            + green.path("droppedConnections").asLong())
                    .isZero();
            assertThat(blue.path("faults").asLong() + green.path("faults").asLong())
                    .isZero();
        }
    }

    @Test
    void a_request_in_flight_at_the_shift_ends_where_it_began() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        Promise<Void> release = Promise.promise();
        try (TestUpstream stable = TestUpstream.named("stable");
                TestUpstream canary = new TestUpstream(request -> {
                    arrived.countDown();
                    release.future().onSuccess(now -> request.response().end("canary"));
                });
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, stable.address(), canary.address(), 1, ProxyFixture.BY_REQUEST));
            CompletableFuture<HttpResponse<String>> open =
                    fixture.http.sendAsync(fixture.request("/").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            fixture.route(ProxyFixture.routing(2, stable.address(), canary.address(), 0, ProxyFixture.BY_REQUEST));
            JsonNode routing = fixture.controlJson("/control/v1/routing");
            assertThat(routing.path("inFlight").path("green").asInt()).isEqualTo(1);
            assertThat(routing.path("upstreamsInFlight").path(canary.address()).asInt())
                    .isEqualTo(1);
            assertThat(fixture.get("/").body()).isEqualTo("stable");
            release.complete();
            assertThat(open.get(10, TimeUnit.SECONDS).body()).isEqualTo("canary");
            assertThat(fixture.controlJson("/control/v1/routing")
                            .path("inFlight")
                            .path("green")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void a_proxy_that_is_told_to_stop_answers_first_what_it_has() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        Promise<Void> release = Promise.promise();
        try (TestUpstream stable = new TestUpstream(request -> {
                    arrived.countDown();
                    release.future().onSuccess(now -> request.response().end("stable"));
                });
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.route(ProxyFixture.routing(1, stable.address(), "", 0, ProxyFixture.BY_REQUEST));
            CompletableFuture<HttpResponse<String>> open =
                    fixture.http.sendAsync(fixture.request("/").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(fixture.control("POST", "/control/v1/stop", "").statusCode())
                    .isEqualTo(202);
            ProxyFixture.eventually("no new connection is taken", () -> refuses(fixture.proxy.port()));
            release.complete();
            assertThat(open.get(10, TimeUnit.SECONDS).body()).isEqualTo("stable");
            fixture.proxy.awaitStopped();
        }
    }

    private static boolean refuses(int port) {
        try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (java.io.IOException refused) {
            return true;
        }
    }
}
