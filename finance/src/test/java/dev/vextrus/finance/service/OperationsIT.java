package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OperationsIT {
    @AutoClose
    private static final RunningService service =
            RunningService.start(Map.of("VEXTRUS_RELEASE_VERSION", "1.4.0", "VEXTRUS_RELEASE_COLOR", "green"));

    @Test
    void health_answers_on_both_addresses() {
        for (Client client : new Client[] {service.client(""), service.management()}) {
            assertThat(client.get("/health/live").status()).isEqualTo(200);
            Await.until(
                    "ready",
                    Duration.ofSeconds(20),
                    () -> client.get("/health/ready").status() == 200);
            Await.until(
                    "well",
                    Duration.ofSeconds(20),
                    () -> client.get("/health/full").status() == 200);
        }
    }

    @Test
    void the_metrics_tell_requests_by_release_operation_and_outcome() {
        Client ann = service.freshBooks();
        ann.ask("query CountMe { version { version } }");
        ann.ask("query CountMe { version { version } }");
        String metrics = service.management().get("/metrics").body().asString();

        assertThat(metrics)
                .contains("http_requests_total{code=\"200\",color=\"green\",method=\"POST\","
                        + "operation=\"CountMe\",outcome=\"ok\",version=\"1.4.0\"} 2.0");
        assertThat(metrics).contains("http_request_duration_seconds_bucket{code=\"200\",color=\"green\"");
        assertThat(metrics).containsPattern("vextrus_log_position [1-9]");
        assertThat(metrics).containsPattern("vextrus_projection_lag [0-9]");
        assertThat(metrics).contains("hikaricp_connections_active{pool=\"reader\"}");
    }

    @Test
    void invented_operation_names_do_not_become_labels_without_end() {
        Client ann = service.client(Tokens.of("acme", "ann", "viewer"));
        for (int i = 0; i < 300; i++) {
            ann.send(ann.request("/graphql")
                    .header("Content-Type", "application/json")
                    .header("X-Operation", "invented" + i)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"{ version { version } }\"}")));
        }
        String metrics = service.management().get("/metrics").body().asString();
        assertThat(metrics.lines()
                        .filter(line -> line.startsWith("http_requests_total"))
                        .count())
                .isLessThan(250);
    }

    @Test
    void the_release_tells_what_it_reads_and_writes() {
        Reply release = service.management().get("/rollout/v1/release");
        assertThat(release.body().at("/version").asString()).isEqualTo("1.4.0");
        assertThat(release.body().at("/contract").asInt()).isEqualTo(1);
        assertThat(release.body().at("/readModel").asString()).isEqualTo("v1");
        assertThat(release.body().at("/writes").toString()).contains("JournalEntryPosted@1");
        assertThat(release.body().at("/reads").toString()).contains("JournalEntryPosted@1");
    }

    @Test
    void the_read_model_goes_live() {
        Await.until(
                "live",
                Duration.ofSeconds(20),
                () -> service.management()
                        .get("/rollout/v1/read-model")
                        .body()
                        .at("/state")
                        .asString()
                        .equals("live"));
    }

    @Test
    void recorded_commands_decided_again_by_the_same_release_give_the_same_digests() {
        Client ann = service.freshBooks();
        Entries.openAccounts(ann);
        ann.change("postJournalEntry", Entries.entry("2.00", "-2.00"));
        ann.change("postJournalEntry", Entries.entry("2.00", "-1.00"));

        Reply recorded = service.management().get("/rollout/v1/decisions?limit=1000&mode=recorded");
        Reply decided = service.management().get("/rollout/v1/decisions?limit=1000&mode=decided");

        assertThat(recorded.body().at("/decisions")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(decided.body()).isEqualTo(recorded.body());
        long last = recorded.body().at("/next").asLong();
        assertThat(service.management()
                        .get("/rollout/v1/decisions/" + last + "?mode=decided")
                        .body()
                        .at("/outcome/0/refused")
                        .asString())
                .isEqualTo("ENTRY_UNBALANCED");
    }

    @Test
    void a_wrong_parameter_and_an_unknown_call_are_named() {
        Reply limit = service.management().get("/rollout/v1/decisions?limit=many");
        assertThat(limit.status()).isEqualTo(400);
        assertThat(limit.body().at("/error/message").asString()).contains("limit");
        assertThat(service.management().get("/rollout/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void the_management_calls_are_not_to_be_had_on_the_public_address() {
        Client admin = service.client(Tokens.of("acme", "ann", "admin"));
        assertThat(admin.get("/metrics").status()).isEqualTo(404);
        assertThat(admin.get("/rollout/v1/release").status()).isEqualTo(404);
        assertThat(admin.get("/actuator").status()).isEqualTo(404);
    }

    @Test
    void the_explorer_loads_nothing_from_elsewhere() {
        Reply page = service.client("").get("/graphiql");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body().asString())
                .contains("/webjars/graphiql/")
                .doesNotContain("http://", "https://", "//cdn");
        page.body()
                .asString()
                .lines()
                .filter(line -> line.contains("src=\"") || line.contains("href=\""))
                .forEach(line -> {
                    String path = line.replaceAll(".*(?:src|href)=\"([^\"]+)\".*", "$1");
                    assertThat(service.client("").get(path).status()).as(path).isEqualTo(200);
                });
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }
}
