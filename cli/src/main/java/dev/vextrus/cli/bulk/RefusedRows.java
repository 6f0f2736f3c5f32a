package dev.vextrus.cli.bulk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Why rows were refused, what is wrong alike said once.
 *
 * @param rows by what is wrong with them, with the remedy
 * @param more errors that the service counted and did not list
 */
record RefusedRows(Map<String, List<Long>> rows, long more) {
    private static final int KINDS_SHOWN = 20;
    private static final int ROWS_SHOWN = 5;

    static RefusedRows of(JsonNode result) {
        Map<String, List<Long>> rows = new LinkedHashMap<>();
        for (JsonNode error : result.path("errors")) {
            String what =
                    error.path("code").asString() + ": " + error.path("message").asString() + "; "
                            + error.path("remedy").asString();
            rows.computeIfAbsent(what, w -> new ArrayList<>())
                    .add(error.path("row").asLong());
        }
        rows.values().forEach(Collections::sort);
        return new RefusedRows(rows, result.path("moreErrors").asLong());
    }

    List<String> lines() {
        List<Map.Entry<String, List<Long>>> kinds = rows.entrySet().stream()
                .sorted(Comparator.comparingLong(kind -> kind.getValue().getFirst()))
                .toList();
        List<String> lines = new ArrayList<>();
        kinds.stream()
                .limit(KINDS_SHOWN)
                .forEach(kind -> lines.add("  " + where(kind.getValue()) + ": " + kind.getKey()));
        long left = more
                + kinds.stream()
                        .skip(KINDS_SHOWN)
                        .mapToLong(kind -> kind.getValue().size())
                        .sum();
        if (left > 0) {
            lines.add("  and " + left + " more (--json lists what the service tells)");
        }
        return lines;
    }

    private static String where(List<Long> rows) {
        List<String> first =
                rows.stream().limit(ROWS_SHOWN).map(String::valueOf).toList();
        return rows.size() == 1
                ? "row " + rows.getFirst()
                : rows.size() + " rows (" + String.join(", ", first) + (rows.size() > ROWS_SHOWN ? ", ..." : "") + ")";
    }
}
