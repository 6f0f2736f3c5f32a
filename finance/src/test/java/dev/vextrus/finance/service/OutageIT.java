package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Roles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void postgresql_killed_and_back_costs_requests_but_neither_the_process_nor_its_readiness(@TempDir Path folder) {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder);
                RunningService service =
                        RunningService.start(Roles.provision(server).environment())) {
            Client ann = service.freshBooks();
            Entries.openAccounts(ann);
            Await.until(
                    "ready",
                    PATIENCE,
                    () -> service.management().get("/health/ready").status() == 200);

            kill(server);
            Map<String, Object> kept = new java.util.LinkedHashMap<>(Entries.entry("5.00", "-5.00"));
            kept.put("idempotencyKey", "through-the-outage");
            Reply during = ann.change("postJournalEntry", kept);
            assertThat(during.status()).isEqualTo(503);
            assertThat(during.outcome()).hasValue("fault");
            assertThat(during.headers().firstValue("Retry-After")).isPresent();
            assertThat(during.errorCode()).isEqualTo("UNAVAILABLE");
            Reply query = ann.ask("{ accounts { edges { node { code } } } }");
            assertThat(query.status()).isEqualTo(503);
            assertThat(query.outcome()).hasValue("fault");
            assertThat(service.management().get("/health/live").status()).isEqualTo(200);
            assertThat(service.management().get("/health/ready").status()).isEqualTo(200);
            Await.until(
                    "the full report tells it",
                    PATIENCE,
                    () -> service.management().get("/health/full").status() == 503);

            server.restart();
            Await.until(
                    "entries are taken again",
                    PATIENCE,
                    () -> ann.change("postJournalEntry", kept)
                            .data("/postJournalEntry/__typename")
                            .equals("PostJournalEntrySuccess"));
            Reply again = ann.change("postJournalEntry", kept);
            assertThat(again.data("/postJournalEntry/repeated")).isEqualTo("true");
            Await.until(
                    "the read model follows again",
                    PATIENCE,
                    () -> ann.ask(
                                    "query($at: Position) { trialBalance(atLeastPosition: $at) { totalDebit } }",
                                    Map.of("at", again.data("/postJournalEntry/position")))
                            .data("/trialBalance/totalDebit")
                            .equals("5.00"));
            Await.until(
                    "all is well",
                    PATIENCE,
                    () -> service.management().get("/health/full").status() == 200);
        }
    }

    /** SIGKILL to the server's first process, as the out-of-memory killer would; its children end by themselves. */
    private static void kill(EmbeddedPostgres server) {
        ProcessHandle postmaster = ProcessHandle.of(server.pid().orElseThrow()).orElseThrow();
        var children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        Await.until(
                "PostgreSQL is gone",
                PATIENCE,
                () -> !postmaster.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
    }
}
