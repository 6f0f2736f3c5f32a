package dev.vextrus.demoreleases.till;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TillTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger draws = new AtomicInteger();

    @Test
    void a_faulty_till_fails_one_request_in_five_and_a_good_one_none() {
        assertThat(failing(till(Mishap.ERRORS))).isEqualTo(20);
        assertThat(failing(till(Mishap.NONE))).isZero();
    }

    @Test
    void an_outage_from_outside_ends_by_itself() {
        Till till = till(Mishap.NONE);

        till.outage(30, 20);

        assertThat(failing(till)).isEqualTo(30);
        nanos.addAndGet(21_000_000_000L);
        assertThat(failing(till)).isZero();
    }

    @Test
    void one_that_dies_later_does_so_after_its_first_request() {
        Till till = till(Mishap.CRASH_LATER);
        nanos.addAndGet(60_000_000_000L);
        assertThat(till.dies()).isFalse();

        till.fails();
        assertThat(till.dies()).isFalse();
        nanos.addAndGet(4_000_000_000L);

        assertThat(till.dies()).isTrue();
    }

    @Test
    void what_it_counts_is_told_in_the_words_of_prometheus() {
        Till till = till(Mishap.NONE);
        till.count(false, 0.01);
        till.count(true, 0.5);

        assertThat(till.metrics())
                .contains("http_requests_total{color=\"blue\",version=\"1.0.0\",code=\"200\"} 1\n")
                .contains("http_requests_total{color=\"blue\",version=\"1.0.0\",code=\"500\"} 1\n")
                .contains("http_request_duration_seconds_bucket{color=\"blue\",version=\"1.0.0\",le=\"0.3\"} 1\n")
                .contains("http_request_duration_seconds_bucket{color=\"blue\",version=\"1.0.0\",le=\"+Inf\"} 2\n");
    }

    @Test
    void the_callers_tell_what_each_release_answered_and_what_none_did() {
        Seen seen = new Seen(() -> 1_000);
        seen.answered("1.0.0", false, 5_000_000);
        seen.answered("1.1.0", true, 7_000_000);
        seen.dropped("a \"broken\" pipe");

        assertThat(seen.json())
                .isEqualTo(
                        "{\"now\":1000,\"dropped\":1,\"why\":\"a ?broken? pipe\",\"releases\":{"
                                + "\"1.0.0\":{\"requests\":1,\"failed\":0,\"p95Millis\":5,\"firstMillis\":1000,\"lastMillis\":1000},"
                                + "\"1.1.0\":{\"requests\":1,\"failed\":1,\"p95Millis\":7,\"firstMillis\":1000,\"lastMillis\":1000}}}");

        seen.forget();
        assertThat(seen.json()).contains("\"dropped\":0", "\"releases\":{}");
    }

    @Test
    void a_draining_till_is_not_ready_and_closes_its_connections() throws Exception {
        Till till = till(Mishap.NONE);
        int serving = freePort();
        int management = freePort();
        TillServers servers = TillServers.open(till, serving, management);
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(send(client, "GET", serving, "/").body()).isEqualTo("blue 1.0.0\n");
            assertThat(send(client, "GET", management, "/health/ready").statusCode())
                    .isEqualTo(200);

            assertThat(send(client, "POST", management, "/rollout/v1/drain").statusCode())
                    .isEqualTo(202);

            assertThat(send(client, "GET", management, "/health/ready").statusCode())
                    .isEqualTo(503);
            HttpResponse<String> last = send(client, "GET", serving, "/");
            assertThat(last.headers().firstValue("X-Release")).contains("1.0.0");
            assertThat(last.headers().firstValue("Connection")).contains("close");
        } finally {
            servers.stop(0);
        }
    }

    private Till till(Mishap mishap) {
        return new Till("1.0.0", "blue", mishap, nanos::get, () -> draws.getAndIncrement() % 100);
    }

    private static int failing(Till till) {
        int failing = 0;
        for (int i = 0; i < 100; i++) {
            failing += till.fails() ? 1 : 0;
        }
        return failing;
    }

    private static HttpResponse<String> send(HttpClient client, String method, int port, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
