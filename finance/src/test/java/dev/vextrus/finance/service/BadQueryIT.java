package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Requests and queries that are not understood, or ask for too much: the caller's mistake, told as such. */
class BadQueryIT extends UnchangedBooks {
    @AutoClose
    private static final RunningService service = RunningService.start();

    BadQueryIT() {
        super(service);
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
    void a_position_that_the_log_has_not_reached_is_the_callers_mistake() {
        Reply reply = ann.ask("{ trialBalance(atLeastPosition: \"99999999999\") { position } }");
        assertThat(reply.errorCode()).isEqualTo("INPUT_INVALID");
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
}
