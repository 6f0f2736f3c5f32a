package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Commands that cannot be carried out: refused with a code, a field and a remedy. */
class BadInputIT extends UnchangedBooks {
    @AutoClose
    private static final RunningService service = RunningService.start();

    BadInputIT() {
        super(service);
    }

    @Test
    void an_unbalanced_entry_is_refused() {
        refused("RuleBroken", "ENTRY_UNBALANCED", "refused", Entries.entry("10.00", "-9.99"));
    }

    @Test
    void an_entry_in_a_closed_period_is_refused() {
        ann.change("closePeriod", Map.of("month", "2026-02"));
        refused("RuleBroken", "PERIOD_CLOSED", "refused", with("date", "2026-02-10"));
    }

    @Test
    void an_entry_in_a_period_that_was_never_opened_is_refused() {
        refused("RuleBroken", "PERIOD_NOT_OPENED", "refused", with("date", "2031-02-10"));
    }

    @Test
    void an_unknown_account_is_refused_by_its_place() {
        Reply reply = refused(
                "NotKnown",
                "ACCOUNT_UNKNOWN",
                "refused",
                with("lines", List.of(line("Bank", "5.00", "EUR"), line("Nowhere", "-5.00", "EUR"))));
        assertThat(reply.data("/postJournalEntry/field")).isEqualTo("lines[1].account");
    }

    @Test
    void a_foreign_currency_without_its_base_amount_is_refused() {
        Reply reply = ann.change(
                "postJournalEntry", with("lines", List.of(line("Bank", "5.00", "USD"), line("Sales", "-5.00", "USD"))));
        assertThat(reply.data("/postJournalEntry/code")).isEqualTo("ENTRY_BASE_AMOUNT_WRONG");
        assertThat(reply.data("/postJournalEntry/field")).isEqualTo("lines[0].currency");
        assertThat(reply.data("/postJournalEntry/remedy")).isEqualTo("add the line's baseAmount, in EUR");
        assertThat(reply.outcome()).hasValue("refused");
    }

    @Test
    void a_currency_that_is_none_is_the_callers_mistake() {
        Reply reply = ann.change(
                "postJournalEntry", with("lines", List.of(line("Bank", "5.00", "XXQ"), line("Sales", "-5.00", "XXQ"))));
        assertThat(reply.errorCode()).isEqualTo("INPUT_INVALID");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void too_many_decimals_are_refused_by_their_place() {
        Reply reply = refused("InputRefused", "AMOUNT_DECIMALS", "client", Entries.entry("1.005", "-1.005"));
        assertThat(reply.data("/postJournalEntry/field")).isEqualTo("lines[0].amount");
        assertThat(reply.data("/postJournalEntry/remedy")).contains("at most 2 decimals");
    }

    @Test
    void an_amount_as_a_binary_fraction_is_not_taken() {
        Map<String, Object> number = new LinkedHashMap<>(line("Bank", "0", "EUR"));
        number.put("amount", 0.1);
        Reply reply = ann.change("postJournalEntry", with("lines", List.of(number)));
        assertThat(reply.errorCode()).isEqualTo("INPUT_INVALID");
        assertThat(reply.body().at("/errors/0/message").asString())
                .contains("input.lines[0].amount", "written as a string");
        assertThat(reply.body().at("/errors/0/extensions/field").asString()).isEqualTo("input.lines[0].amount");
    }

    @Test
    void a_field_that_no_line_has_is_named_by_its_place() {
        Map<String, Object> misspelt = new LinkedHashMap<>(line("Bank", "3.00", "EUR"));
        misspelt.put("ammount", "3.00");
        Reply reply = ann.change("postJournalEntry", with("lines", List.of(line("Sales", "-3.00", "EUR"), misspelt)));
        assertThat(reply.errorCode()).isEqualTo("INPUT_INVALID");
        assertThat(reply.body().at("/errors/0/extensions/field").asString()).isEqualTo("input.lines[1].ammount");
    }

    @Test
    void a_key_used_again_for_another_body_is_refused_and_for_the_same_body_gets_the_first_answer() {
        Client other = service.freshBooks();
        Entries.openAccounts(other);
        Reply first = other.change("postJournalEntry", keyed("k-1", Entries.entry("7.00", "-7.00")));
        Reply again = other.change("postJournalEntry", keyed("k-1", Entries.entry("7.00", "-7.00")));
        Reply reused = other.change("postJournalEntry", keyed("k-1", Entries.entry("8.00", "-8.00")));

        assertThat(again.data("/postJournalEntry/repeated")).isEqualTo("true");
        assertThat(again.data("/postJournalEntry/id")).isEqualTo(first.data("/postJournalEntry/id"));
        assertThat(again.data("/postJournalEntry/position")).isEqualTo(first.data("/postJournalEntry/position"));
        assertThat(reused.data("/postJournalEntry/__typename")).isEqualTo("IdempotencyKeyReused");
        assertThat(reused.data("/postJournalEntry/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(reused.outcome()).hasValue("client");
    }

    @Test
    void a_mutation_without_a_key_is_told_to_send_one() {
        Reply reply = ann.ask("mutation { openPeriods(input: {first: \"2027-01\"}) { __typename } }");
        assertThat(reply.errorCode()).isEqualTo("IDEMPOTENCY_KEY_MISSING");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void a_month_that_cannot_be_closed_is_named_as_the_input_names_it() {
        Reply reply = ann.change("closePeriod", Map.of("month", "2031-02"));
        assertThat(reply.data("/closePeriod/code")).isEqualTo("PERIOD_NOT_OPENED");
        assertThat(reply.data("/closePeriod/field")).isEqualTo("month");
    }

    @Test
    void a_key_that_the_log_could_not_give_back_as_it_came_is_refused_each_time() {
        String query = "mutation($input: PostJournalEntryInput!) { postJournalEntry(input: $input) "
                + "{ __typename ... on Refusal { code field } } }";
        String body = Client.JSON.writeValueAsString(Map.of(
                "query", query, "variables", Map.of("input", keyed("KEY", Entries.entry("3.00", "-3.00")))));
        for (String key : List.of("s\\ud800", "s\\udc00", "s\\ud800", "s\\u0007")) {
            Reply reply = ann.send(ann.request("/graphql")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.replace("KEY", key))));
            assertThat(reply.data("/postJournalEntry/code")).as(key).isEqualTo("TEXT_INVALID");
            assertThat(reply.data("/postJournalEntry/field")).isEqualTo("idempotencyKey");
            assertThat(reply.outcome()).hasValue("client");
        }
    }

    @Test
    void text_that_the_database_cannot_hold_fails_alone() {
        for (Reply reply : List.of(
                ann.change("postJournalEntry", with("memo", "zero\u0000byte")),
                ann.ask("{ journalEntries(filter: {reference: \"\\u0000\"}) { edges { node { id } } } }"),
                ann.ask(
                        "query($f: JournalEntryFilter) { journalEntries(filter: $f) { edges { node { id } } } }",
                        Map.of("f", Map.of("reference", "\u0000"))))) {
            assertThat(reply.errorCode()).isEqualTo("INPUT_INVALID");
            assertThat(reply.outcome()).hasValue("client");
        }
    }

    private Reply refused(String type, String code, String outcome, Map<String, Object> entry) {
        Reply reply = ann.change("postJournalEntry", entry);
        assertThat(reply.data("/postJournalEntry/__typename")).isEqualTo(type);
        assertThat(reply.data("/postJournalEntry/code")).isEqualTo(code);
        assertThat(reply.data("/postJournalEntry/message")).isNotEmpty();
        assertThat(reply.data("/postJournalEntry/remedy")).isNotEmpty();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome()).hasValue(outcome);
        return reply;
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> entry = new LinkedHashMap<>(Entries.entry("3.00", "-3.00"));
        entry.put(field, value);
        return entry;
    }

    private static Map<String, Object> keyed(String key, Map<String, Object> entry) {
        Map<String, Object> keyed = new LinkedHashMap<>(entry);
        keyed.put("idempotencyKey", key);
        return keyed;
    }

    private static Map<String, Object> line(String account, String amount, String currency) {
        return Map.of("account", account, "amount", amount, "currency", currency);
    }
}
