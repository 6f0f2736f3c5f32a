package dev.vextrus.finance.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedVariablesTest {
    private static final GraphQLSchema SCHEMA = new SchemaGenerator()
            .makeExecutableSchema(
                    new SchemaParser().parse("""
                            type Query { post(entry: Entry!): Int }
                            input Entry { lines: [Line!]! }
                            input Line { amount: String! }
                            """),
                    RuntimeWiring.newRuntimeWiring().build());

    private final GraphQL engine =
            GraphQL.newGraphQL(SCHEMA).instrumentation(new NamedVariables()).build();

    @Test
    void a_field_that_no_line_has_is_named_by_its_place() {
        assertNamed("entry.lines[1].ammount", Map.of("amount", "1", "ammount", "1"));
    }

    @Test
    void so_is_one_that_a_line_lacks_and_one_that_is_no_text() {
        assertNamed("entry.lines[1].amount", Map.of());
        assertNamed("entry.lines[1].amount", Map.of("amount", List.of("1")));
    }

    @Test
    void what_is_wrong_with_the_query_itself_stays_as_the_engine_tells_it() {
        GraphQLError error = onlyError("query($entry: Entry!) { post(wrong: $entry) }", Map.of("amount", "1"));
        assertThat(NamedVariables.isOfVariables(error)).isFalse();
        assertThat(EdgeInterceptor.codeOf(error)).isEqualTo(ErrorCode.QUERY_INVALID);
    }

    private void assertNamed(String place, Map<String, Object> second) {
        GraphQLError error = onlyError("query($entry: Entry!) { post(entry: $entry) }", second);
        assertThat(EdgeInterceptor.codeOf(error)).isEqualTo(ErrorCode.INPUT_INVALID);
        assertThat(error.getMessage()).contains(place);
        assertThat(error.getExtensions()).containsEntry("field", place);
    }

    private GraphQLError onlyError(String query, Map<String, Object> second) {
        Map<String, Object> entry = Map.of("lines", List.of(Map.of("amount", "1"), second));
        List<GraphQLError> errors = engine.execute(ExecutionInput.newExecutionInput(query)
                        .variables(Map.of("entry", entry))
                        .build())
                .getErrors();
        return errors.getFirst();
    }
}
