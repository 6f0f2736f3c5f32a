package dev.vextrus.finance.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import org.junit.jupiter.api.Test;

class EdgeInterceptorTest {
    private static final GraphQL ENGINE = GraphQL.newGraphQL(new SchemaGenerator()
                    .makeExecutableSchema(new SchemaParser().parse("""
                                    type Query { ask(input: Question!): String }
                                    input Question { key: String! reason: String! }"""), RuntimeWiring.MOCKED_WIRING))
            .build();

    @Test
    void a_field_that_a_literal_lacks_is_named_without_the_syntax_tree_of_the_literal() {
        assertThat(told("{ ask(input: {key: \"it's 'x' is\"}) }"))
                .contains("argument 'input' is missing required fields '[reason]'")
                .doesNotContain("Value{");
    }

    @Test
    void what_quotes_no_literal_stays_as_it_is() {
        assertThat(told("{ asks }")).contains("'asks'");
    }

    private static String told(String query) {
        GraphQLError error = ENGINE.execute(query).getErrors().getFirst();
        return EdgeInterceptor.readable(error);
    }
}
