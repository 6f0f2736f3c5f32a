package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FirstEntryIT {
    @AutoClose
    private static final RunningService service = RunningService.start();

    @Test
    void an_entry_posted_over_http_stands_in_the_trial_balance_that_waits_for_it() {
        Client ann = service.freshBooks();
        assertThat(ann.change("openAccount", Map.of("code", "Bank", "name", "Bank", "type", "ASSET"))
                        .data("/openAccount/id"))
                .isEqualTo("Bank");
        assertThat(ann.change("openAccount", Map.of("code", "Sales", "name", "Sales", "type", "REVENUE"))
                        .data("/openAccount/id"))
                .isEqualTo("Sales");

        Reply posted = ann.change("postJournalEntry", Entries.entry("12.34", "-12.34"));

        assertThat(posted.status()).isEqualTo(200);
        assertThat(posted.outcome()).hasValue("ok");
        assertThat(posted.headers().firstValue("X-Release")).hasValue("1.0.0");
        Reply balance = ann.ask(
                "query TrialBalance($at: Position) { trialBalance(atLeastPosition: $at) {"
                        + " position baseCurrency totalDebit totalCredit"
                        + " lines { account { code name } debit credit balance } } }",
                Map.of("at", posted.data("/postJournalEntry/position")));
        assertThat(balance.data("/trialBalance/totalDebit")).isEqualTo("12.34");
        assertThat(balance.data("/trialBalance/totalCredit")).isEqualTo("12.34");
        assertThat(balance.data("/trialBalance/lines/0/account/code")).isEqualTo("Bank");
        assertThat(balance.data("/trialBalance/lines/0/balance")).isEqualTo("12.34");
        assertThat(balance.data("/trialBalance/lines/1/account/name")).isEqualTo("Sales");
        assertThat(balance.data("/trialBalance/lines/1/balance")).isEqualTo("-12.34");
    }

    @Test
    void amounts_that_add_up_to_more_than_64_bits_are_still_reported() {
        Client ann = service.freshBooks();
        Entries.openAccounts(ann);
        String most = "92233720368547758.07";
        List<Map<String, String>> lines = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            lines.add(Map.of("account", "Bank", "amount", most, "currency", "EUR"));
            lines.add(Map.of("account", "Sales", "amount", "-" + most, "currency", "EUR"));
        }

        Reply posted = ann.change("postJournalEntry", Map.of("date", "2026-03-14", "memo", "much", "lines", lines));

        Reply balance = ann.ask(
                "query($at: Position) { trialBalance(atLeastPosition: $at) { totalDebit totalCredit } }",
                Map.of("at", posted.data("/postJournalEntry/position")));
        assertThat(balance.data("/trialBalance/totalDebit")).isEqualTo("922337203685477580.70");
        assertThat(balance.data("/trialBalance/totalCredit")).isEqualTo("922337203685477580.70");
    }
}
