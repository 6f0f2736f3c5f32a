package dev.vextrus.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlApiTest {
    private final ProxyFixture fixture = new ProxyFixture();
    private final TestUpstream stable = TestUpstream.named("stable");
    private final TestUpstream canary = TestUpstream.named("canary");

    @AfterEach
    void close() {
        fixture.close();
        stable.close();
        canary.close();
    }

    private String routing(long epoch, double weight, String cohort) {
        return ProxyFixture.routing(epoch, stable.address(), canary.address(), weight, cohort);
    }

    @Test
    void without_the_token_nothing_is_told_or_changed() {
        HttpRequest.Builder bare = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + fixture.proxy.controlPort() + "/control/v1/colors"));
        assertThat(fixture.send(bare).statusCode()).isEqualTo(401);
        assertThat(fixture.send(bare.header("Authorization", "Bearer wrong")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void before_the_first_routing_clients_hear_that_there_is_none() {
        assertThat(fixture.get("/").statusCode()).isEqualTo(503);
        assertThat(fixture.get("/").body()).contains("PROXY_NO_ROUTING");
        assertThat(fixture.control("GET", "/control/v1/routing", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_proxy_is_ready_once_it_has_a_routing_and_says_so_without_a_token() throws Exception {
        var bare =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.proxy.controlPort() + "/health/ready"));
        assertThat(fixture.send(bare).statusCode()).isEqualTo(503);

        fixture.route(routing(1, 0, ProxyFixture.BY_REQUEST));

        assertThat(fixture.send(bare).statusCode()).isEqualTo(200);
    }

    @Test
    void an_older_epoch_is_refused_and_the_routing_stands() {
        fixture.route(routing(7, 0, ProxyFixture.BY_REQUEST));
        var refused = fixture.control("PUT", "/control/v1/routing", routing(6, 1, ProxyFixture.BY_REQUEST));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("PROXY_EPOCH_STALE", "epoch 7");
        assertThat(fixture.get("/").body()).isEqualTo("stable");
        fixture.route(routing(7, 1, ProxyFixture.BY_REQUEST)); // the same controller may say it again
        assertThat(fixture.get("/").body()).isEqualTo("canary");
    }

    @Test
    void a_wrong_routing_is_refused_with_the_field_and_changes_nothing() {
        fixture.route(routing(1, 0, ProxyFixture.BY_REQUEST));
        String good = routing(2, 1, ProxyFixture.BY_REQUEST);
        refused(good.replace("\"weight\":1.0", "\"weight\":10"), "weight");
        refused(good.replace("\"stable\":\"blue\"", "\"stable\":\"red\""), "stable");
        refused(good.replace(canary.address(), "127.0.0.1"), "upstreams");
        refused(good.replace("\"mode\":\"request\"", "\"mode\":\"reqest\""), "cohort.mode");
        refused(good.replace("\"" + canary.address() + "\"", ""), "colors.green.upstreams");
        refused("{", "body");
        assertThat(fixture.get("/").body()).isEqualTo("stable");
    }

    private void refused(String routing, String field) {
        var answer = fixture.control("PUT", "/control/v1/routing", routing);
        assertThat(answer.statusCode()).as(field).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void the_routing_in_force_is_told_without_the_credential() {
        fixture.route(routing(3, 0.25, "{\"mode\":\"tenant\",\"tenants\":[\"acme\"]}"));
        JsonNode routing = fixture.controlJson("/control/v1/routing");
        assertThat(routing.path("epoch").asInt()).isEqualTo(3);
        assertThat(routing.path("weight").asDouble()).isEqualTo(0.25);
        assertThat(routing.path("cohort").path("tenants").get(0).asString()).isEqualTo("acme");
        assertThat(routing.path("inFlight").path("blue").asInt()).isZero();
        assertThat(routing.toString()).doesNotContain(ProxyFixture.CREDENTIAL);
    }

    @Test
    void tenants_go_where_the_cohort_says_and_strangers_stay_on_stable() {
        fixture.route(routing(1, 0.1, "{\"mode\":\"tenant\",\"tenants\":[\"acme\"]}"));
        for (int i = 0; i < 20; i++) {
            assertThat(from("acme")).isEqualTo("canary");
            assertThat(from("globex")).isEqualTo("stable");
        }
        fixture.route(routing(2, 0, "{\"mode\":\"tenant\",\"tenants\":[\"acme\"]}"));
        assertThat(from("acme")).as("weight zero empties the cohort").isEqualTo("stable");
        fixture.route(routing(3, 1, "{\"mode\":\"tenant\",\"tenants\":[\"acme\"]}"));
        assertThat(from("globex")).as("weight one takes strangers too").isEqualTo("canary");
    }

    private String from(String tenant) {
        return fixture.send(fixture.request("/").header("Authorization", ProxyFixture.bearer(tenant)))
                .body();
    }

    @Test
    void the_canary_header_needs_its_credential_and_is_never_counted() {
        fixture.route(routing(1, 0, ProxyFixture.BY_REQUEST));
        assertThat(fixture.send(fixture.request("/").header("x-canary", "true")).body())
                .isEqualTo("stable");
        assertThat(fixture.send(fixture.request("/")
                                .header("x-canary", "true")
                                .header("x-canary-credential", "guessed"))
                        .body())
                .isEqualTo("stable");
        assertThat(fixture.send(fixture.request("/")
                                .header("x-canary", "true")
                                .header("x-canary-credential", ProxyFixture.CREDENTIAL))
                        .body())
                .isEqualTo("canary");
        assertThat(fixture.send(fixture.request("/").header("x-canary", ProxyFixture.CREDENTIAL))
                        .body())
                .isEqualTo("canary");
        JsonNode green = fixture.color("green");
        assertThat(green.path("requests").asInt()).isZero();
        assertThat(green.path("probes").asInt()).isEqualTo(2);
        assertThat(green.path("lastRequestEpochMillis").asLong()).isZero();
        ProxyFixture.eventually("the window closes", () -> samples().size() > 0);
        for (JsonNode sample : samples()) {
            assertThat(sample.path("probe").asBoolean())
                    .isEqualTo(sample.path("color").asString().equals("green"));
        }
    }

    private JsonNode samples() {
        return fixture.controlJson("/control/v1/samples?after=0").path("samples");
    }

    @Test
    void a_probe_without_a_canary_is_told_so_rather_than_answered_by_stable() {
        fixture.route(routing(1, 0, ProxyFixture.BY_REQUEST).replace("\"canary\":\"green\",", ""));
        var answer = fixture.send(fixture.request("/").header("x-canary", ProxyFixture.CREDENTIAL));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("PROXY_NO_CANARY");
    }

    @Test
    void a_session_cookie_keeps_a_browser_on_its_track_as_the_weight_rises() {
        String sticky = "{\"mode\":\"request\",\"sticky\":\"cookie\"}";
        fixture.route(routing(1, 0.5, sticky));
        var first = fixture.get("/");
        String cookie = first.headers().firstValue("set-cookie").orElseThrow();
        String pair = cookie.substring(0, cookie.indexOf(';'));
        for (int i = 0; i < 20; i++) {
            assertThat(fixture.send(fixture.request("/").header("Cookie", pair)).body())
                    .isEqualTo(first.body());
        }
        fixture.route(routing(2, 1, sticky));
        assertThat(fixture.send(fixture.request("/").header("Cookie", pair)).body())
                .isEqualTo("canary");
    }

    @Test
    void metrics_are_there_for_a_scraper() {
        fixture.route(routing(1, 0, ProxyFixture.BY_REQUEST));
        fixture.get("/");
        String text = fixture.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + fixture.proxy.controlPort() + "/metrics")))
                .body();
        assertThat(text)
                .contains("http_requests_total{color=\"blue\",version=\"1.0.0\",code=\"200\"} 1")
                .contains("http_request_duration_seconds_bucket{color=\"blue\",version=\"1.0.0\",le=\"+Inf\"} 1");
    }
}
