package dev.vextrus.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.proxy.forward.ForwardLimits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
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
}
