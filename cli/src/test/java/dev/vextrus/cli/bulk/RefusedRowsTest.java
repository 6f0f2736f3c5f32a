package dev.vextrus.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RefusedRowsTest {
    @Test
    void what_is_wrong_alike_is_said_once_in_the_order_of_the_rows() {
        RefusedRows rows = of(error(3, "GOLD") + "," + error(2, "VACHR") + "," + error(9, "VACHR"), 0);

        assertThat(rows.lines())
                .containsExactly(
                        "  2 rows (2, 9): COMMODITY_UNKNOWN: 'VACHR' is none; --skip-commodity VACHR",
                        "  row 3: COMMODITY_UNKNOWN: 'GOLD' is none; --skip-commodity GOLD");
    }

    @Test
    void of_many_rows_the_first_are_named_and_what_is_left_out_is_counted() {
        String many = IntStream.rangeClosed(2, 25)
                        .mapToObj(row -> error(row, "C" + row))
                        .collect(Collectors.joining(","))
                + ","
                + IntStream.rangeClosed(100, 125)
                        .mapToObj(row -> error(row == 100 ? 1 : row, "C1"))
                        .collect(Collectors.joining(","));

        assertThat(of(many, 7).lines())
                .hasSize(21)
                .startsWith(
                        "  26 rows (1, 101, 102, 103, 104, ...): COMMODITY_UNKNOWN: 'C1' is none; --skip-commodity C1")
                .endsWith("  and 12 more (--json lists what the service tells)");
    }

    private static String error(int row, String commodity) {
        return """
                {"row": %1$d, "code": "COMMODITY_UNKNOWN", "message": "'%2$s' is none", "remedy": "--skip-commodity %2$s"}""".formatted(row, commodity);
    }

    private static RefusedRows of(String errors, int more) {
        return RefusedRows.of(
                JsonMapper.shared().readTree("{\"errors\": [" + errors + "], \"moreErrors\": " + more + "}"));
    }
}
