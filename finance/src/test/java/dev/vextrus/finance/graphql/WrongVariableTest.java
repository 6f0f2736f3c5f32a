package dev.vextrus.finance.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrongVariableTest {
    private static final GraphQLSchema SCHEMA = new SchemaGenerator()
            .makeExecutableSchema(
                    new SchemaParser().parse("""
                            scalar Decimal
                            scalar Date
                            scalar CurrencyCode
                            type Query { post(entry: Entry!): Int }
                            enum Side { DEBIT CREDIT }
                            input Entry { date: Date!, memo: String! = "", side: Side, lines: [Line!]! }
                            input Line { amount: Decimal!, currency: CurrencyCode = "EUR", base: Line }
                            """),
                    RuntimeWiring.newRuntimeWiring()
                            .scalar(Scalars.DECIMAL)
                            .scalar(Scalars.DATE)
                            .scalar(Scalars.CURRENCY_CODE)
                            .build());

    @Test
    void what_is_of_its_type_is_not_complained_about() {
        assertThat(find("$i: Entry!", Map.of("i", entry("2026-02-28", line("1.00")))))
                .isEqualTo("");
        assertThat(find("$i: Entry, $n: Int = 3", Map.of())).isEqualTo("");
        assertThat(find("$l: [Line!]!", Map.of("l", line("1")))).isEqualTo("");
    }

    @Test
    void the_one_wrong_line_of_a_hundred_is_named_by_its_number() {
        for (Object wrong : new Object[] {"ten", 0.1}) {
            List<Object> lines = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                lines.add(line(i == 73 ? wrong : "1.00"));
            }
            assertThat(find("$i: Entry!", Map.of("i", entry("2026-02-28", lines.toArray()))))
                    .startsWith("i.lines[73].amount: Decimal must be an exact decimal number");
        }
    }

    @Test
    void dates_currencies_and_choices_are_named_wherever_they_stand() {
        assertThat(find("$i: Entry!", Map.of("i", entry("2026-02-30")))).startsWith("i.date: Date must be");
        Map<String, Object> base = Map.of("amount", "1", "base", Map.of("amount", "1", "currency", "XXQ"));
        assertThat(find("$i: Entry!", Map.of("i", entry("2026-02-28", line("1"), base))))
                .startsWith("i.lines[1].base.currency: CurrencyCode must be");
        assertThat(find("$s: Side", Map.of("s", "LEFT"))).isEqualTo("s: Side must be one of DEBIT, CREDIT");
        assertThat(find("$n: Int, $d: Date", Map.of("n", 1, "d", "tomorrow"))).startsWith("d: Date must be");
    }

    @Test
    void what_is_missing_too_much_or_of_another_kind_is_named() {
        assertThat(find("$i: Entry!", Map.of())).isEqualTo("i: it is missing");
        Map<String, Object> dateless = new HashMap<>(entry("2026-02-28"));
        dateless.remove("date");
        assertThat(find("$i: Entry!", Map.of("i", dateless))).isEqualTo("i.date: it is missing");
        Map<String, Object> memoless = new HashMap<>(entry("2026-02-28"));
        memoless.put("memo", null);
        assertThat(find("$i: Entry!", Map.of("i", memoless))).isEqualTo("i.memo: it is missing");
        assertThat(find("$i: Entry!", Map.of("i", entry("2026-02-28", Map.of("amount", "1", "sum", "1")))))
                .isEqualTo("i.lines[0].sum: Line has no such field");
        assertThat(find("$i: Entry!", Map.of("i", entry("2026-02-28", line("1"), "two"))))
                .isEqualTo("i.lines[1]: it must be an object of the type Line");
    }

    private static Map<String, Object> entry(String date, Object... lines) {
        return Map.of("date", date, "lines", Arrays.asList(lines));
    }

    private static Map<String, Object> line(Object amount) {
        return Map.of("amount", amount, "currency", "EUR");
    }

    private static String find(String variables, Map<String, Object> values) {
        OperationDefinition operation = Parser.parse("query(" + variables + ") { post }")
                .getDefinitionsOfType(OperationDefinition.class)
                .getFirst();
        return WrongVariable.in(SCHEMA, operation.getVariableDefinitions(), values)
                .map(wrong -> wrong.path() + ": " + wrong.reason())
                .orElse("");
    }
}
