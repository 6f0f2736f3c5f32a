package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.projection.ReadModelPosition;
import dev.vextrus.finance.projection.ReadModelPosition.Freshness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** X22 over HTTP: two releases on one database, each with its read model, both proven by what the rollout asks. */
class ReleasesSideBySideIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void two_releases_show_the_same_books_and_prove_them_whole() throws InterruptedException {
        try (RunningService stable = RunningService.start(Map.of("VEXTRUS_READ_MODEL", "v101"))) {
            Client ann = stable.freshBooks();
            Entries.openAccounts(ann);
            post(ann, 150);
            try (RunningService canary =
                    RunningService.start(Map.of("VEXTRUS_READ_MODEL", "v102", "VEXTRUS_RELEASE_VERSION", "2.0.0"))) {
                post(ann, 500);
                long head = stable.part(EventStore.class).head();
                awaitPosition(stable, head);
                awaitPosition(canary, head);

                assertWhole(stable, head);
                assertWhole(canary, head);
                JsonNode cuts = stable.management()
                        .get("/rollout/v1/parity?after=0")
                        .body()
                        .get("cuts");
                assertThat(cuts.size()).isPositive();
                assertThat(canary.management()
                                .get("/rollout/v1/parity?after=0")
                                .body()
                                .get("cuts"))
                        .isEqualTo(cuts);
                assertThat(canary.management()
                                .get("/rollout/v1/read-model")
                                .body()
                                .get("state")
                                .asString())
                        .isEqualTo("live");
            }
        }
    }

    @Test
    void a_tenants_facts_are_shown_in_whole_units() throws InterruptedException {
        try (RunningService service = RunningService.start(Map.of("VEXTRUS_READ_MODEL", "v103"))) {
            String tenant = RunningService.freshTenant();
            Client ann = service.books(tenant);
            Entries.openAccounts(ann);
            post(ann, 2);
            awaitPosition(service, service.part(EventStore.class).head());
            JsonNode facts = service.management()
                    .get("/rollout/v1/parity/facts?position=0&tenant=" + tenant)
                    .body()
                    .get("facts");
            assertThat(facts.get("balance/Bank/EUR").asString()).isEqualTo("24.68");
            assertThat(facts.get("balance/Sales/EUR").asString()).isEqualTo("-24.68");
            assertThat(facts.size()).isEqualTo(2);
            assertThat(service.management()
                            .get("/rollout/v1/parity/facts?tenant=Not%20One")
                            .status())
                    .isEqualTo(400);
        }
    }

    private static void post(Client client, int entries) {
        for (int i = 0; i < entries; i++) {
            assertThat(client.change("postJournalEntry", Entries.entry("12.34", "-12.34"))
                            .outcome())
                    .hasValue("ok");
        }
    }

    private static void assertWhole(RunningService service, long head) {
        JsonNode report = service.management().get("/rollout/v1/integrity").body();
        assertThat(report.get("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.get("position").asLong()).isEqualTo(head);
        assertThat(report.get("checks").size()).isEqualTo(8);
    }

    private static void awaitPosition(RunningService service, long position) throws InterruptedException {
        assertThat(service.part(ReadModelPosition.class).awaitAtLeast(position, PATIENCE))
                .isInstanceOf(Freshness.Reached.class);
    }
}
