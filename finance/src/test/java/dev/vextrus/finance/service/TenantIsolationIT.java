package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TenantIsolationIT {
    @AutoClose
    private static final RunningService service = RunningService.start();

    @Test
    void what_one_tenant_posted_another_can_neither_see_nor_change_by_its_id() {
        Client ours = service.freshBooks();
        Entries.openAccounts(ours);
        Reply posted = ours.change("postJournalEntry", Entries.entry("4.00", "-4.00"));
        String id = posted.data("/postJournalEntry/id");
        String at = posted.data("/postJournalEntry/position");
        Client theirs = service.freshBooks();

        String entry = "query($id: ID!, $at: Position) { journalEntry(id: $id, atLeastPosition: $at) { id } }";
        assertThat(ours.ask(entry, Map.of("id", id, "at", at)).data("/journalEntry/id"))
                .isEqualTo(id);
        assertThat(theirs.ask(entry, Map.of("id", id, "at", at))
                        .node("/journalEntry")
                        .isNull())
                .isTrue();
        assertThat(theirs.ask("{ account(code: \"Bank\") { code } }")
                        .node("/account")
                        .isNull())
                .isTrue();
        assertThat(theirs.ask("{ journalEntries { edges { node { id } } } }").node("/journalEntries/edges"))
                .isEmpty();
        assertThat(theirs.ask("{ trialBalance { lines { debit } } }").node("/trialBalance/lines"))
                .isEmpty();
        Reply reversal = theirs.change("reverseJournalEntry", Map.of("id", id, "date", "2026-03-15"));
        assertThat(reversal.data("/reverseJournalEntry/code")).isEqualTo("ENTRY_UNKNOWN");
    }

    @Test
    void keys_of_two_tenants_never_meet() {
        List<Client> tenants = List.of(service.freshBooks(), service.freshBooks());
        for (Client tenant : tenants) {
            Reply opened = tenant.change(
                    "openAccount",
                    Map.of("idempotencyKey", "same-key", "code", "Till", "name", "Till", "type", "ASSET"));
            assertThat(opened.data("/openAccount/repeated")).isEqualTo("false");
        }
    }

    @Test
    void a_tenant_named_in_the_request_counts_for_nothing() {
        String victim = RunningService.freshTenant();
        service.books(victim);
        Client mallory = service.freshBooks();
        Reply reply = mallory.send(mallory.request("/graphql?tenant=" + victim)
                .header("Content-Type", "application/json")
                .header("X-Tenant", victim)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"query\":\"{ tenant { id } }\",\"variables\":{\"tenant\":\"" + victim + "\"}}")));
        assertThat(reply.data("/tenant/id")).isNotEqualTo(victim).isNotEmpty();
    }

    @Test
    void books_that_were_never_started_are_empty_and_say_so() {
        Client nobody = service.client(Tokens.of(RunningService.freshTenant(), "ann", "admin"));
        assertThat(nobody.ask("{ tenant { id } }").node("/tenant").isNull()).isTrue();
        assertThat(nobody.change("postJournalEntry", Entries.entry("1.00", "-1.00"))
                        .data("/postJournalEntry/code"))
                .isEqualTo("TENANT_UNKNOWN");
        Reply report = nobody.ask("{ trialBalance { totalDebit } }");
        assertThat(report.errorCode()).isEqualTo("TENANT_UNKNOWN");
        assertThat(report.body().at("/errors/0/extensions/remedy").asString()).contains("createTenant");
    }
}
