package dev.vextrus.rollout.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever writes a plan finds each of its fields on the page about them. */
class PlanFilesPageTest {
    /** Around every file; the page shows them in its example. */
    private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata", "spec");

    private static final Path PAGE = Path.of("..", "docs", "contracts", "plan-files.md");

    @ParameterizedTest
    @ValueSource(strings = {"phased-rollout.schema.json", "release.schema.json"})
    void every_field_of_the_schema_is_told(String schema) throws IOException {
        Set<String> fields = new TreeSet<>();
        try (InputStream in = Objects.requireNonNull(SchemaCheck.class.getResourceAsStream(schema))) {
            collect(JsonMapper.shared().readTree(in), fields);
        }

        fields.removeAll(ENVELOPE);
        String page = Files.readString(PAGE);

        assertThat(fields).hasSizeGreaterThan(8);
        assertThat(fields).allSatisfy(field -> assertThat(page).containsPattern("`(metadata\\.)?" + field + "`"));
    }

    private static void collect(JsonNode schema, Set<String> fields) {
        schema.path("properties").propertyNames().forEach(fields::add);
        schema.forEach(part -> collect(part, fields));
    }
}
