package dev.vextrus.finance.graphql;

import dev.vextrus.finance.query.PageRequest;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much one query may ask for. The cost of a field is one plus that of what it contains, times the page that it asks
 * for; a page given by a variable counts as the largest. Aliases cost like any other field, and in a query only so
 * many may ask for something that has fields of its own: each of them is a question of its own to the database, such as a
 * whole report. A mutation has no other way to be sent several times in a request, so there the cost alone is the limit.
 * Fields of the schema itself are measured by {@link SchemaQuestions}: tools ask for all of it, and production does not
 * answer them.
 */
record QueryLimits(int depth, long cost, boolean introspection) {
    private static final int DEFAULT_PAGE = 50;
    private static final int MOST_FRAGMENTS = 100;
    /** More than any screen shows at once. */
    private static final int MOST_ALIASES = 20;
    /** The fields of a connection that hold its rows. */
    private static final Set<String> ROWS = Set.of("edges", "nodes");

    /** What is wrong with a document, valid or not; empty where it is within the limits. */
    Optional<GraphQLError> check(Document document) {
        Map<String, FragmentDefinition> fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(Collectors.toMap(FragmentDefinition::getName, fragment -> fragment, (one, same) -> one));
        if (fragments.size() > MOST_FRAGMENTS) {
            return Optional.of(error(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "The query has " + fragments.size() + " fragments; at most " + MOST_FRAGMENTS + "."));
        }
        Stream<SelectionSet> everything = Stream.concat(
                document.getDefinitionsOfType(OperationDefinition.class).stream()
                        .map(OperationDefinition::getSelectionSet),
                fragments.values().stream().map(FragmentDefinition::getSelectionSet));
        if (!introspection && everything.anyMatch(QueryLimits::asksForSchema)) {
            return Optional.of(error(ErrorCode.INTROSPECTION_OFF, "The schema is not told here."));
        }
        for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            Measure measure = new Measuring(fragments).of(operation.getSelectionSet(), 1);
            if (measure.depth > depth) {
                return Optional.of(
                        error(ErrorCode.QUERY_TOO_DEEP, "The query is more than " + depth + " levels deep."));
            }
            if (operation.getOperation() == OperationDefinition.Operation.QUERY && measure.aliases > MOST_ALIASES) {
                return Optional.of(error(
                        ErrorCode.QUERY_TOO_COMPLEX,
                        "The query asks under more than " + MOST_ALIASES + " aliases for what has fields of its own."));
            }
            if (measure.cost > cost) {
                return Optional.of(error(
                        ErrorCode.QUERY_TOO_COMPLEX,
                        "The query costs " + measure.cost + " points; at most " + cost + "."));
            }
            Optional<String> schema = new SchemaQuestions(fragments).refuse(operation.getSelectionSet());
            if (schema.isPresent()) {
                return Optional.of(error(ErrorCode.QUERY_TOO_COMPLEX, schema.get()));
            }
        }
        return Optional.empty();
    }

    /** Looks at each definition once and follows no spread: fragments that double at each level cost no more than others. */
    private static boolean asksForSchema(SelectionSet selections) {
        return selections.getSelections().stream().anyMatch(selection -> switch (selection) {
            case Field field ->
                field.getName().equals("__schema")
                        || field.getName().equals("__type")
                        || (field.getSelectionSet() != null && asksForSchema(field.getSelectionSet()));
            case InlineFragment fragment -> asksForSchema(fragment.getSelectionSet());
            default -> false;
        });
    }

    static GraphQLError error(ErrorCode code, String message) {
        return GraphqlErrorBuilder.newError()
                .message("%s", message)
                .errorType(code)
                .extensions(Failures.extensions(code))
                .build();
    }

    /**
     * @param depth levels below the place it was measured at
     * @param aliases of fields that have fields of their own, each as often as it is spread
     */
    private record Measure(int depth, long cost, long aliases) {
        static final Measure NOTHING = new Measure(0, 0, 0);
        static final Measure ONE = new Measure(1, 1, 0);

        Measure and(Measure other) {
            return new Measure(Math.max(depth, other.depth), cost + other.cost, aliases + other.aliases);
        }
    }

    /** Measures each fragment once, however often it is spread: fragments that double at each level cost no more to look at. */
    private final class Measuring {
        private final Map<String, FragmentDefinition> fragments;
        private final Map<String, Measure> known = new HashMap<>();
        private final Map<String, Boolean> rowsKnown = new HashMap<>();

        Measuring(Map<String, FragmentDefinition> fragments) {
            this.fragments = fragments;
        }

        Measure of(@Nullable SelectionSet selections, int level) {
            Measure total = Measure.NOTHING;
            // Past the limit the answer is known; going on would only go deeper.
            if (selections == null || level > depth + 1) {
                return total;
            }
            for (Selection<?> selection : selections.getSelections()) {
                total = total.and(
                        switch (selection) {
                            case Field field -> ofField(field, level);
                            case InlineFragment fragment -> of(fragment.getSelectionSet(), level);
                            case FragmentSpread spread -> ofFragment(spread.getName());
                            default -> Measure.ONE;
                        });
                if (total.cost > cost) {
                    return new Measure(total.depth, cost + 1, total.aliases);
                }
            }
            return total;
        }

        private Measure ofField(Field field, int level) {
            if (field.getName().startsWith("__")) {
                return Measure.ONE;
            }
            Measure inner = of(field.getSelectionSet(), level + 1);
            int alias = field.getAlias() == null || field.getSelectionSet() == null ? 0 : 1;
            return new Measure(1 + inner.depth, 1 + pageOf(field) * inner.cost, alias + inner.aliases);
        }

        private long pageOf(Field field) {
            for (Argument argument : field.getArguments()) {
                if (argument.getName().equals("first")) {
                    return argument.getValue() instanceof IntValue number
                            ? number.getValue()
                                    .min(BigInteger.valueOf(PageRequest.MAX))
                                    .max(BigInteger.ONE)
                                    .longValueExact()
                            : PageRequest.MAX;
                }
            }
            return showsRows(field.getSelectionSet()) ? DEFAULT_PAGE : 1;
        }

        /** Whether the rows of a page are among the fields, directly or in fragments: where they stand costs nothing. */
        private boolean showsRows(@Nullable SelectionSet selections) {
            return selections != null
                    && selections.getSelections().stream().anyMatch(selection -> switch (selection) {
                        case Field field -> ROWS.contains(field.getName());
                        case InlineFragment fragment -> showsRows(fragment.getSelectionSet());
                        case FragmentSpread spread -> fragmentShowsRows(spread.getName());
                        default -> false;
                    });
        }

        private boolean fragmentShowsRows(String name) {
            Boolean before = rowsKnown.putIfAbsent(name, false); // again: a cycle ends here
            FragmentDefinition fragment = fragments.get(name);
            if (before != null || fragment == null) {
                return before != null && before;
            }
            boolean shows = showsRows(fragment.getSelectionSet());
            rowsKnown.put(name, shows);
            return shows;
        }

        private Measure ofFragment(String name) {
            Measure before = known.putIfAbsent(name, Measure.NOTHING); // a cycle, which validation refuses, ends here
            FragmentDefinition fragment = fragments.get(name);
            if (before != null || fragment == null) {
                return before == null ? Measure.NOTHING : before;
            }
            Measure measure = of(fragment.getSelectionSet(), 1);
            known.put(name, measure);
            return measure;
        }
    }
}
