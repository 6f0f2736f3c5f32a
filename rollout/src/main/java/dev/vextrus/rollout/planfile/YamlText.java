package dev.vextrus.rollout.planfile;

import dev.vextrus.rollout.planfile.Problem.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file as a tree that knows where each field stands.
 *
 * @param root maps, lists, strings, numbers, booleans and nulls; null for an empty file
 * @param places line and column of each field, by path
 * @param problems syntax errors and repeated fields
 */
record YamlText(String file, @Nullable Object root, Map<String, Place> places, List<Problem> problems) {

    /** Both from 1. */
    record Place(int line, int column) {}

    static YamlText parse(String file, String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setUseMarks(true).build();
        Optional<Problem> tooDeep = Nesting.tooDeep(file, text);
        if (tooDeep.isPresent()) {
            return new YamlText(file, null, Map.of(), List.of(tooDeep.get()));
        }
        Tree tree = new Tree(file);
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            Object root = node.isPresent() ? tree.value(node.get(), "") : null;
            return new YamlText(file, root, tree.places, tree.problems);
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().orElse(null);
            tree.problems.add(new Problem(
                    Code.SYNTAX,
                    file,
                    mark == null ? 0 : mark.getLine() + 1,
                    mark == null ? 0 : mark.getColumn() + 1,
                    "",
                    "this is not YAML: " + e.getProblem(),
                    "check indentation, colons and quotes here and on the line before"));
            return new YamlText(file, null, Map.of(), tree.problems);
        } catch (YamlEngineException e) {
            tree.problems.add(new Problem(
                    Code.SYNTAX, file, 0, 0, "", "this is not YAML: " + e.getMessage(), "write a plain YAML document"));
            return new YamlText(file, null, Map.of(), tree.problems);
        }
    }

    /** A problem at a field, or at the nearest field around it that stands in the file. */
    Problem problem(Code code, String field, String message, String remedy) {
        Place place = place(field);
        return new Problem(code, file, place.line(), place.column(), field, message, remedy);
    }

    private Place place(String field) {
        String path = field;
        while (true) {
            Place place = places.get(path);
            if (place != null) {
                return place;
            }
            int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
            if (cut <= 0) {
                return places.getOrDefault("", new Place(1, 1));
            }
            path = path.substring(0, cut);
        }
    }

    private static final class Tree {
        /** No plan comes near it; aliases can make more of a short text than fits anywhere, and deeper than it nests. */
        private static final int MOST_VALUES = 100_000;

        private final String file;
        private int depth;
        private int values;
        private final Map<String, Place> places = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Tree(String file) {
            this.file = file;
        }

        @Nullable
        Object value(Node node, String path) {
            places.putIfAbsent(path, place(node));
            if (depth == Nesting.DEEPEST || values == MOST_VALUES) {
                throw new YamlEngineException("it is nested too deeply, or its aliases unfold to too much");
            }
            depth++;
            values++;
            @Nullable
            Object value = switch (node) {
                case MappingNode mapping -> mapping(mapping, path);
                case SequenceNode sequence -> sequence(sequence, path);
                case ScalarNode scalar -> scalar(scalar);
                default -> null;
            };
            depth--;
            return value;
        }

        private Map<String, @Nullable Object> mapping(MappingNode mapping, String path) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
                String field = path.isEmpty() ? name : path + "." + name;
                Place place = place(tuple.getKeyNode());
                if (fields.containsKey(name)) {
                    problems.add(new Problem(
                            Code.DUPLICATE_FIELD,
                            file,
                            place.line(),
                            place.column(),
                            field,
                            "is given twice",
                            "keep one of the two"));
                }
                places.put(field, place);
                fields.put(name, value(tuple.getValueNode(), field));
            }
            return fields;
        }

        private List<@Nullable Object> sequence(SequenceNode sequence, String path) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item, path + "[" + items.size() + "]"));
            }
            return items;
        }

        private static @Nullable Object scalar(ScalarNode scalar) {
            String text = scalar.getValue();
            if (scalar.getTag().equals(Tag.NULL)) {
                return null;
            }
            if (scalar.getTag().equals(Tag.BOOL)) {
                return Boolean.valueOf(text);
            }
            boolean number = scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
            return number && isNumber(text) ? new java.math.BigDecimal(text) : text;
        }

        private static boolean isNumber(String text) {
            return text.length() < 40 && text.matches("-?\\d+(\\.\\d*)?([eE][-+]?\\d{1,3})?");
        }

        private static Place place(Node node) {
            return node.getStartMark()
                    .map(m -> new Place(m.getLine() + 1, m.getColumn() + 1))
                    .orElse(new Place(1, 1));
        }
    }
}
