package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BadInputIT {
    private static RunningService service;

    private Client ann = nobody();
    private String before = "";

    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void books() {
        ann = service.freshBooks();
        ann.change("openAccount", Map.of("code", "Bank", "name", "Bank", "type", "ASSET"));
        Reply opened = ann.change("openAccount", Map.of("code", "Sales", "name", "Sales", "type", "REVENUE"));
        before = books(opened.data("/openAccount/position"));
    }

    /** Whatever was tried: a good entry afterwards is all that the books show. */
    @AfterEach
    void nothing_has_changed() {
        Reply good = ann.change("postJournalEntry", FirstEntryIT.entry("1.00", "-1.00"));
        String position = good.data("/postJournalEntry/position");
        assertThat(books(position)).isNotEqualTo(before);
        assertThat(ann.ask(
                                "query($at: Position) { journalEntries(atLeastPosition: $at) { edges { node { id } } } }",
                                Map.of("at", position))
                        .node("/journalEntries/edges"))
                .hasSize(1);
    }

    @Test
    void an_unbalanced_entry_is_refused() {
        refused("RuleBroken", "ENTRY_UNBALANCED", "refused", FirstEntryIT.entry("10.00", "-9.99"));
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
        assertThat(reply.data("/postJournalEntry/code")).startsWith("ENTRY_");
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
        Reply reply = refused("InputRefused", "AMOUNT_DECIMALS", "client", FirstEntryIT.entry("1.005", "-1.005"));
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
        other.change("openAccount", Map.of("code", "Bank", "name", "Bank", "type", "ASSET"));
        other.change("openAccount", Map.of("code", "Sales", "name", "Sales", "type", "REVENUE"));
        Reply first = other.change("postJournalEntry", keyed("k-1", FirstEntryIT.entry("7.00", "-7.00")));
        Reply again = other.change("postJournalEntry", keyed("k-1", FirstEntryIT.entry("7.00", "-7.00")));
        Reply reused = other.change("postJournalEntry", keyed("k-1", FirstEntryIT.entry("8.00", "-8.00")));

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
    void malformed_graphql_is_the_callers_mistake() {
        Reply reply = ann.ask("query { accounts(");
        assertThat(reply.errorCode()).isEqualTo("QUERY_SYNTAX");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void a_field_that_is_not_there_is_the_callers_mistake() {
        assertThat(ann.ask("{ accounts { wrong } }").errorCode()).isEqualTo("QUERY_INVALID");
    }

    @Test
    void a_body_that_is_no_json_is_the_callers_mistake() {
        Reply reply = ann.send(ann.request("/graphql")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":")));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.outcome()).hasValue("client");
        assertThat(reply.errorCode()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void a_huge_query_is_not_read() {
        Reply reply = ann.ask("{ version { version } } #" + "x".repeat(300_000));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.errorCode()).isEqualTo("BODY_TOO_LARGE");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void a_huge_body_of_unknown_length_is_not_read_to_its_end() {
        byte[] megabyte = " ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8); // JSON may begin with any space
        Reply reply = ann.send(ann.request("/graphql")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(megabyte))));
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void a_deep_query_is_refused_before_it_runs() {
        String deep = "{ accounts { edges { node " + "{ parent ".repeat(12) + "{ code }" + " }".repeat(12) + " } } }";
        Reply reply = ann.ask(deep);
        assertThat(reply.errorCode()).isEqualTo("QUERY_TOO_DEEP");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void aliases_do_not_multiply_what_one_query_may_cost() {
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < 100; i++) {
            query.append(" a").append(i).append(": accounts(first: 500) { edges { node { code } } }");
        }
        assertThat(ann.ask(query.append(" }").toString()).errorCode()).isEqualTo("QUERY_TOO_COMPLEX");
    }

    @Test
    void a_report_is_not_made_a_thousand_times_for_one_request() {
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < 1_000; i++) {
            query.append(" a").append(i).append(": trialBalance { totalDebit }");
        }
        Reply reply = ann.ask(query.append(" }").toString());
        assertThat(reply.errorCode()).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(reply.body().at("/errors/0/message").asString()).contains("more than 20 aliases");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void a_month_that_cannot_be_closed_is_named_as_the_input_names_it() {
        Reply reply = ann.change("closePeriod", Map.of("month", "2031-02"));
        assertThat(reply.data("/closePeriod/code")).isEqualTo("PERIOD_NOT_OPENED");
        assertThat(reply.data("/closePeriod/field")).isEqualTo("month");
    }

    @Test
    void a_page_that_is_too_large_and_a_cursor_that_is_none_are_named() {
        Reply large = ann.ask("{ accounts(first: 100000) { edges { node { code } } } }");
        assertThat(large.errorCode()).isEqualTo("INPUT_INVALID");
        assertThat(large.body().at("/errors/0/message").asString()).contains("first");
        Reply cursor = ann.ask("{ accounts(after: \"nonsense\") { edges { node { code } } } }");
        assertThat(cursor.errorCode()).isEqualTo("INPUT_INVALID");
        assertThat(cursor.body().at("/errors/0/message").asString()).contains("after");
    }

    @Test
    void a_cursor_with_a_date_that_no_calendar_of_a_business_has_is_the_callers_mistake() {
        for (String date : List.of("0000-01-01", "-0001-12-31", "+999999999-12-31")) {
            byte[] forged = ("date-desc\u001f" + date + "\u001f30").getBytes(StandardCharsets.UTF_8);
            Reply reply = ann.ask(
                    "query($after: String) { journalEntries(first: 1, sort: DATE_DESCENDING, after: $after) { edges { node { id } } } }",
                    Map.of("after", Base64.getUrlEncoder().withoutPadding().encodeToString(forged)));
            assertThat(reply.errorCode()).as(date).isEqualTo("INPUT_INVALID");
            assertThat(reply.outcome()).hasValue("client");
        }
    }

    @Test
    void a_key_that_the_log_could_not_give_back_as_it_came_is_refused_each_time() {
        String query = "mutation($input: PostJournalEntryInput!) { postJournalEntry(input: $input) "
                + "{ __typename ... on Refusal { code field } } }";
        String body = Client.JSON.writeValueAsString(Map.of(
                "query", query, "variables", Map.of("input", keyed("KEY", FirstEntryIT.entry("3.00", "-3.00")))));
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
    void a_position_that_the_log_has_not_reached_is_the_callers_mistake() {
        Reply reply = ann.ask("{ trialBalance(atLeastPosition: \"99999999999\") { position } }");
        assertThat(reply.errorCode()).isEqualTo("INPUT_INVALID");
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

    @Test
    void a_year_that_no_calendar_of_a_business_has_is_refused_by_its_form() {
        for (String query : List.of(
                "{ trialBalance(asOf: \"+5874898-01-01\") { position } }",
                "{ journalEntries(filter: {from: \"-0044-03-15\"}) { edges { node { id } } } }")) {
            Reply reply = ann.ask(query);
            assertThat(reply.errorCode()).as(query).isEqualTo("INPUT_INVALID");
            assertThat(reply.outcome()).hasValue("client");
        }
    }

    @Test
    void a_body_that_is_null_or_not_json_at_all_is_told_in_our_form() {
        for (String type : List.of("application/json", "text/plain", "application/xml")) {
            Reply reply = ann.send(ann.request("/graphql")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("null")));
            assertThat(reply.errorCode()).as(type).isIn("BAD_REQUEST", "CONTENT_TYPE");
            assertThat(reply.outcome()).hasValue("client");
        }
    }

    @Test
    void a_long_chain_of_fragments_is_refused_before_anything_follows_it() {
        StringBuilder chain = new StringBuilder("{ ...F0 }");
        for (int i = 0; i < 1_400; i++) {
            chain.append(" fragment F")
                    .append(i)
                    .append(" on Query { ...F")
                    .append(i + 1)
                    .append(" }");
        }
        Reply reply = ann.ask(
                chain.append(" fragment F1400 on Query { version { version } }").toString());
        assertThat(reply.errorCode()).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void thousands_of_aliases_are_told_as_too_complex_with_the_limit() {
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < 5_000; i++) {
            query.append(" a").append(i).append(": version { version }");
        }
        Reply reply = ann.ask(query.append(" }").toString());
        assertThat(reply.errorCode()).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(reply.body().at("/errors/0/message").asString()).contains("15000 tokens");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void a_query_that_is_nested_too_deeply_to_be_parsed_is_told_as_too_deep() {
        Reply reply = ann.ask("{ accounts " + "{ parent ".repeat(2_000) + "{ code }" + " }".repeat(2_001));
        assertThat(reply.errorCode()).isEqualTo("QUERY_TOO_DEEP");
        assertThat(reply.outcome()).hasValue("client");
    }

    @Test
    void a_question_about_the_schema_that_goes_in_circles_is_the_callers_mistake() {
        Reply reply = ann.ask("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }");
        assertThat(reply.errorCode()).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(reply.outcome()).hasValue("client");
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

    private String books(String position) {
        return ann.ask(
                        "query($at: Position) { trialBalance(atLeastPosition: $at) { lines { account { code } debit credit } } }",
                        Map.of("at", position))
                .node("/trialBalance/lines")
                .toString();
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> entry = new LinkedHashMap<>(FirstEntryIT.entry("3.00", "-3.00"));
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

    private static Client nobody() {
        return service.client("");
    }
}
