package dev.vextrus.finance.graphql;

import static org.assertj.core.api.Assertions.assertThat;

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
    void the_schema_is_told_only_where_it_may_be() {
        assertThat(code("{ __schema { types { name } } }")).isEqualTo("INTROSPECTION_OFF");
        assertThat(code("{ __typename a }")).isEqualTo("");
        assertThat(new QueryLimits(4, 100, true).check(Parser.parse("{ __schema { types { name } } }")))
                .isEmpty();
    }

    private String code(String query) {
        return limits.check(Parser.parse(query))
                .map(error -> String.valueOf(error.getErrorType()))
                .orElse("");
    }
}
