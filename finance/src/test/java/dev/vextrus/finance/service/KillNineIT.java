package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillNineIT {

    @Test
    void killed_between_commit_and_reply_and_asked_again_with_the_same_key_it_has_posted_once(@TempDir Path folder) {
        String tenant = RunningService.freshTenant();
        String token = Tokens.of(tenant, "ann", "admin");
        Map<String, Object> entry = new LinkedHashMap<>(Entries.entry("9.00", "-9.00"));
        entry.put("idempotencyKey", "held");
        Path committed = folder.resolve("committed");
        try (ServiceProcess first =
                ServiceProcess.start(folder, Map.of(ReleaseUnderTestConfiguration.HOLD, committed.toString()))) {
            Client ann = first.client(token);
            ann.change("createTenant", Map.of("name", "T", "baseCurrency", "EUR", "firstPeriod", "2026-01"));
            Entries.openAccounts(ann);
            var unanswered = CompletableFuture.supplyAsync(() -> ann.change("postJournalEntry", entry));
            Await.until("it is committed", Duration.ofSeconds(30), () -> Files.exists(committed));
            first.kill();
            assertThat(unanswered).failsWithin(Duration.ofSeconds(30));
        }
        try (ServiceProcess second = ServiceProcess.start(folder, Map.of())) {
            Client ann = second.client(token);
            Reply again = ann.change("postJournalEntry", entry);
            assertThat(again.data("/postJournalEntry/__typename")).isEqualTo("PostJournalEntrySuccess");
            assertThat(again.data("/postJournalEntry/repeated")).isEqualTo("true");
            // Ready is said before the killed process's lease on the read model has ended; whoever is early asks again.
            Await.until(
                    "the balance is visible",
                    Duration.ofSeconds(60),
                    () -> ann.ask(
                                    "query($at: Position) { trialBalance(atLeastPosition: $at) { totalDebit } }",
                                    Map.of("at", again.data("/postJournalEntry/position")))
                            .data("/trialBalance/totalDebit")
                            .equals("9.00"));
        }
    }

    @Test
    void a_bad_setting_stops_the_start_with_one_line_that_names_it(@TempDir Path folder) {
        try (ServiceProcess bad = ServiceProcess.launch(folder, Map.of("VEXTRUS_JWT_SECRET", "short"))) {
            assertThat(bad.exit()).isEqualTo(2);
            assertThat(bad.log().lines())
                    .singleElement()
                    .asString()
                    .contains("VEXTRUS_JWT_SECRET", "32 bytes", "openssl");
        }
    }

    @Test
    void a_role_that_could_see_all_tenants_stops_the_start(@TempDir Path folder) {
        var superuser = TestDatabase.shared().server().superuser();
        Map<String, String> environment = Map.of(
                "VEXTRUS_DATABASE_READER_USER", superuser.user(),
                "VEXTRUS_DATABASE_READER_PASSWORD_FILE",
                        superuser.passwordFile().toString());
        try (ServiceProcess bad = ServiceProcess.launch(folder, environment)) {
            assertThat(bad.exit()).isEqualTo(3);
            assertThat(bad.log()).contains("superuser").doesNotContain("\tat ");
        }
    }

    @Test
    void a_wrong_password_stops_the_start_without_showing_it(@TempDir Path folder) {
        Map<String, String> environment =
                Map.of("VEXTRUS_DATABASE_READER_PASSWORD_FILE", "", "VEXTRUS_DATABASE_READER_PASSWORD", "wrong-pass");
        try (ServiceProcess bad = ServiceProcess.launch(folder, environment)) {
            assertThat(bad.exit()).isEqualTo(3);
            assertThat(bad.log()).contains("VEXTRUS_DATABASE_READER_USER").doesNotContain("\tat ", "wrong-pass");
        }
    }
}
