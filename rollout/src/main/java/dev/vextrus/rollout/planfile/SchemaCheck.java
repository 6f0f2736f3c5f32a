package dev.vextrus.rollout.planfile;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.planfile.Problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Holds a file against its JSON schema, and says each mismatch in words, with a place and a remedy. */
final class SchemaCheck {
    private final Schema schema;
    private final JsonNode source;

    /** @param resource name of the schema beside this class */
    SchemaCheck(String resource) {
        try (InputStream stream = SchemaCheck.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("schema " + resource + " is not on the class path");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            this.source = RolloutJson.mapper().readTree(text);
            this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException("schema " + resource + " cannot be read", e);
        }
    }

    List<Problem> check(YamlText yaml) {
        String json = RolloutJson.mapper().writeValueAsString(withNulls(yaml));
        List<Problem> problems = new ArrayList<>();
        for (Error error : schema.validate(json, InputFormat.JSON)) {
            problems.add(say(error, yaml));
        }
        return problems;
    }

    private static Object withNulls(YamlText yaml) {
        return yaml.root() == null ? Map.of() : yaml.root();
    }

    private Problem say(Error error, YamlText yaml) {
        String field = path(error.getInstanceLocation());
        JsonNode around = around(error);
        return switch (error.getKeyword()) {
            case "additionalProperties" -> {
                List<String> known = names(around.path("properties"));
                String name = String.valueOf(error.getProperty());
                String guess = Suggestions.closest(name, known);
                yield yaml.problem(
                        Code.UNKNOWN_FIELD,
                        join(field, name),
                        "there is no such field",
                        guess.isEmpty() ? "use one of " + String.join(", ", known) : "did you mean " + guess + "?");
            }
            case "required" ->
                yaml.problem(
                        Code.MISSING_FIELD, join(field, String.valueOf(error.getProperty())), "is missing", "add it");
            case "type" ->
                yaml.problem(
                        Code.WRONG_TYPE,
                        field,
                        "is " + kind(error.getInstanceNode().getNodeType().name()) + ", not "
                                + kind(around.path("type").asString("")),
                        remedy(around, "write " + kind(around.path("type").asString(""))));
            case "enum" -> {
                List<String> allowed = new ArrayList<>();
                around.path("enum").forEach(e -> allowed.add(e.asString()));
                String given = error.getInstanceNode().asText();
                String guess = Suggestions.closest(given, allowed);
                yield yaml.problem(
                        Code.BAD_VALUE,
                        field,
                        "'" + given + "' is not possible",
                        guess.isEmpty() ? "use one of " + String.join(", ", allowed) : "did you mean " + guess + "?");
            }
            default ->
                yaml.problem(
                        Code.BAD_VALUE,
                        field,
                        "'" + error.getInstanceNode().asText() + "' " + error.getMessage(),
                        remedy(around, range(around)));
        };
    }

    /** The part of the schema that holds the keyword which was broken. */
    private JsonNode around(Error error) {
        JsonNode node = source;
        NodePath fragment = error.getSchemaLocation().getFragment();
        for (int i = 0; i < fragment.getNameCount() - 1; i++) {
            Object element = fragment.getElement(i);
            node = element instanceof Integer index ? node.path(index) : node.path(String.valueOf(element));
        }
        return node;
    }

    private static String remedy(JsonNode around, String otherwise) {
        return around.path("x-remedy").asString(otherwise);
    }

    private static String range(JsonNode around) {
        String least = around.path("minimum").asString("");
        String most = around.path("maximum").asString("");
        if (!least.isEmpty() && !most.isEmpty()) {
            return "use a number from " + least + " to " + most;
        }
        return least.isEmpty() ? "see `vextrus rollout check --help`" : "use a number from " + least + " on";
    }

    private static List<String> names(JsonNode properties) {
        return List.copyOf(properties.propertyNames());
    }

    private static String path(NodePath location) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            if (element instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(element);
            }
        }
        return path.toString();
    }

    private static String join(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    private static String kind(String type) {
        return switch (type.toLowerCase(java.util.Locale.ROOT)) {
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a group of fields";
            case "null" -> "empty";
            default -> type;
        };
    }
}
