package dev.vextrus.finance.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLError;
import graphql.parser.Parser;
import org.junit.jupiter.api.Test;

class QueryLimitsTest {
    private final QueryLimits limits = new QueryLimits(4, 100, false);

    @Test
    void what_is_within_the_limits_passes() {
        assertThat(code("{ a { b { c { d } } } }")).isEqualTo("");
    }

    @Test
    void one_level_too_many_is_too_deep_also_through_fragments() {
        assertThat(code("{ a { b { c { d { e } } } } }")).isEqualTo("QUERY_TOO_DEEP");
        assertThat(code("{ a { ...F } } fragment F on X { b { ... { c { d { e } } } } }"))
                .isEqualTo("QUERY_TOO_DEEP");
    }

    @Test
    void a_page_multiplies_what_it_contains() {
        assertThat(code("{ a(first: 33) { edges { node { id } } } }")).isEqualTo("");
        assertThat(code("{ a(first: 34) { edges { node { id } } } }")).isEqualTo("QUERY_TOO_COMPLEX");
    }

    @Test
    void a_page_that_nobody_can_see_yet_counts_as_the_largest() {
        assertThat(code("query($n: Int) { a(first: $n) { edges { id } } }")).isEqualTo("QUERY_TOO_COMPLEX");
    }

    @Test
    void a_page_that_names_no_size_counts_as_the_usual_one_wherever_its_rows_stand() {
        assertThat(code("{ a { edges { id } } }")).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(code("{ a { ... { edges { id } } } }")).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(code("{ a { ... on C { ... on C { nodes { id } } } } }")).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(code("{ a { ...F } } fragment F on C { edges { id } }")).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(code("{ a { ...F } } fragment F on C { ...G } fragment G on C { ... { edges { id } } }"))
                .isEqualTo("QUERY_TOO_COMPLEX");
    }

    @Test
    void rows_of_a_page_further_down_do_not_make_a_page_of_what_is_around_it() {
        assertThat(code("{ a { ...F } } fragment F on C { b(first: 2) { edges { id } } }"))
                .isEqualTo("");
    }

    @Test
    void fragments_that_double_at_each_level_are_given_up_on_early() {
        StringBuilder bomb = new StringBuilder("{ ...F0 }");
        for (int i = 0; i < 40; i++) {
            bomb.append(" fragment F")
                    .append(i)
                    .append(" on Q { a")
                    .append(i)
                    .append(" b")
                    .append(i);
            bomb.append(i == 39 ? " }" : " ...F" + (i + 1) + " ...F" + (i + 1) + " }");
        }
        assertThat(code(bomb.toString())).isEqualTo("QUERY_TOO_COMPLEX");
    }

    @Test
    void how_deep_it_is_is_not_claimed_where_it_was_not_counted_to_the_end() {
        assertThat(limits.check(Parser.parse("{ b ".repeat(63) + "}".repeat(63))))
                .hasValueSatisfying(
                        error -> assertThat(error.getMessage()).isEqualTo("The query is more than 4 levels deep."));
    }

    @Test
    void the_same_question_may_be_asked_under_twenty_aliases_and_no_more_wherever_they_stand() {
        assertThat(code("{" + aliases(20, "x { y }") + "}")).isEqualTo("");
        assertThat(code("{" + aliases(21, "x { y }") + "}")).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(code("{ a {" + aliases(21, "x { y }") + "} }")).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(code("{ a { ...F } b { ...F } } fragment F on X {" + aliases(11, "x { y }") + "}"))
                .isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(limits.check(Parser.parse("{" + aliases(21, "x { y }") + "}")))
                .hasValueSatisfying(error -> assertThat(error.getMessage()).contains("more than 20 aliases"));
    }

    @Test
    void a_value_may_have_any_alias_since_it_asks_nobody_anything() {
        assertThat(code("{ a {" + aliases(30, "x") + "} }")).isEqualTo("");
    }

    @Test
    void one_mutation_may_be_sent_as_often_as_its_cost_allows() {
        assertThat(code("mutation {" + aliases(21, "x { y }") + "}")).isEqualTo("");
        assertThat(code("mutation {" + aliases(51, "x { y }") + "}")).isEqualTo("QUERY_TOO_COMPLEX");
    }

    private static String aliases(int count, String field) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append(" a").append(i).append(": ").append(field);
        }
        return fields.toString();
    }

    @Test
    void the_schema_is_told_only_where_it_may_be() {
        assertThat(code("{ __schema { types { name } } }")).isEqualTo("INTROSPECTION_OFF");
        assertThat(code("{ __typename a }")).isEqualTo("");
        assertThat(new QueryLimits(4, 100, true).check(Parser.parse("{ __schema { types { name } } }")))
                .isEmpty();
    }

    @Test
    void types_side_by_side_are_told_and_fields_of_fields_types_are_not() {
        assertThat(
                        schema(
                                "{ a: __type(name: \"A\") { fields { name } } b: __type(name: \"B\") { inputFields { name } } }"))
                .isEqualTo("");
        assertThat(schema("{ __schema { queryType { fields { name args { type { inputFields { name } } } } }"
                        + " types { fields { name } } } }"))
                .isEqualTo("");
        assertThat(schema("{ __schema { types { fields { type { fields { name } } } } } }"))
                .contains("fields within fields");
        assertThat(schema("{ ...S } fragment S on Query { __schema { types { ...T } } }"
                        + " fragment T on __Type { fields { type { ... on __Type { fields { name } } } } }"))
                .contains("fields within fields");
    }

    @Test
    void the_same_part_of_the_schema_many_times_over_is_too_much() {
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < 100; i++) {
            query.append(" a").append(i).append(": __schema { types { fields { args { name type { name } } } } }");
        }
        assertThat(schema(query.append(" }").toString())).contains("comes to more than");
    }

    private static String schema(String query) {
        return new QueryLimits(4, 100, true)
                .check(Parser.parse(query))
                .map(GraphQLError::getMessage)
                .orElse("");
    }

    private String code(String query) {
        return limits.check(Parser.parse(query))
                .map(error -> String.valueOf(error.getErrorType()))
                .orElse("");
    }
}
