package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes in which tools ask for the whole schema where it may be asked for. */
class IntrospectionIT {
    @AutoClose
    private static final RunningService service = RunningService.start();

    /** As GraphiQL and code generators ask, with all options on and a type wrapped up to {@code wraps} times. */
    private static String whole(int wraps) {
        String type = "kind name " + "ofType { kind name ".repeat(wraps) + "} ".repeat(wraps);
        String input = "name description type { " + type + "} defaultValue isDeprecated deprecationReason";
        return """
                query IntrospectionQuery {
                  __schema {
                    description
                    queryType { name kind }
                    mutationType { name kind }
                    subscriptionType { name kind }
                    types { ...FullType }
                    directives {
                      name description isRepeatable locations
                      args(includeDeprecated: true) { ...InputValue }
                    }
                  }
                }
                fragment FullType on __Type {
                  kind name description specifiedByURL isOneOf
                  fields(includeDeprecated: true) {
                    name description
                    args(includeDeprecated: true) { ...InputValue }
                    type { ...TypeRef }
                    isDeprecated deprecationReason
                  }
                  inputFields(includeDeprecated: true) { ...InputValue }
                  interfaces { ...TypeRef }
                  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
                  possibleTypes { ...TypeRef }
                }
                fragment InputValue on __InputValue { %s }
                fragment TypeRef on __Type { %s }
                """.formatted(input, type);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 9, 12})
    void the_whole_schema_is_told_to_tools(int wraps) {
        assertThat(told(whole(wraps)).node("/__schema/types")).hasSizeGreaterThan(50);
    }

    @Test
    void the_whole_schema_is_told_without_fragments() {
        Reply told = told("""
                { __schema {
                    queryType { name fields { name args { name type { name kind ofType { name } } } type { name } } }
                    mutationType { name fields { name args { name type { name kind ofType { name } } } } }
                    types { name kind
                      fields { name args { name type { name kind ofType { name } } } type { name ofType { name } } }
                      inputFields { name type { name ofType { name } } }
                      enumValues { name } interfaces { name } possibleTypes { name } }
                    directives { name args { name } } } }
                """);
        assertThat(told.node("/__schema/queryType/fields")).isNotEmpty();
        assertThat(told.node("/__schema/types")).hasSizeGreaterThan(50);
    }

    @Test
    void some_types_are_told_side_by_side_with_the_books() {
        Reply told = told("""
                { version { version }
                  entry: __type(name: "JournalEntry") { fields { name args { name } type { name } } }
                  line: __type(name: "InvoiceLineInput") { inputFields { name type { name } } } }
                """);
        assertThat(told.node("/entry/fields")).isNotEmpty();
    }

    private static Reply told(String query) {
        Reply reply = service.freshBooks().ask(query);
        assertThat(reply.body().path("errors").isMissingNode())
                .as(reply.body().path("errors").toString())
                .isTrue();
        return reply;
    }
}
