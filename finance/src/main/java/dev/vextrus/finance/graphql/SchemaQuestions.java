package dev.vextrus.finance.graphql;

import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much one query may ask of the schema itself. Tools ask for all of it at once, people for some types side by side;
 * neither goes from a type's fields to the fields of their types and so on, where each step multiplies the answer.
 */
final class SchemaQuestions {
    /** About four times what the largest of the usual tools' queries comes to. */
    private static final long MOST = 1_000_000;

    private static final Set<String> ROOTS = Set.of("__schema", "__type");
    /** About how many there are of each in this schema. */
    private static final Map<String, Integer> MANY = Map.of(
            "types",
            100,
            "directives",
            8,
            "fields",
            12,
            "inputFields",
            8,
            "args",
            4,
            "enumValues",
            8,
            "possibleTypes",
            8,
            "interfaces",
            2);

    /** The ways from one type to others. */
    private static final Set<String> STEPS = Set.of("fields", "inputFields", "possibleTypes", "interfaces");

    private final Map<String, FragmentDefinition> fragments;
    private final Map<String, Measure> known = new HashMap<>();

    SchemaQuestions(Map<String, FragmentDefinition> fragments) {
        this.fragments = fragments;
    }

    /**
     * @param steps that occur anywhere below
     * @param circle a step that occurs below itself; null for none
     */
    private record Measure(
            long cost, Set<String> steps, @Nullable String circle) {
        static final Measure NOTHING = new Measure(0, Set.of(), null);

        Measure and(Measure other) {
            return new Measure(
                    Math.min(MOST + 1, cost + other.cost),
                    Stream.concat(steps.stream(), other.steps.stream()).collect(Collectors.toUnmodifiableSet()),
                    circle == null ? other.circle : circle);
        }
    }

    /** What is wrong with what an operation asks of the schema, if anything. */
    Optional<String> refuse(SelectionSet operation) {
        Measure measure = rooted(operation, new HashSet<>());
        if (measure.circle != null) {
            return Optional.of("The question about the schema goes in circles: " + measure.circle + " within "
                    + measure.circle + ".");
        }
        return measure.cost > MOST
                ? Optional.of("The question about the schema comes to more than " + MOST + " fields.")
                : Optional.empty();
    }

    private Measure rooted(SelectionSet selections, Set<String> seen) {
        Measure total = Measure.NOTHING;
        for (Selection<?> selection : selections.getSelections()) {
            total = total.and(
                    switch (selection) {
                        case Field field when ROOTS.contains(field.getName()) -> of(field.getSelectionSet());
                        case InlineFragment inline -> rooted(inline.getSelectionSet(), seen);
                        case FragmentSpread spread -> rootedIn(spread.getName(), seen);
                        default -> Measure.NOTHING;
                    });
        }
        return total;
    }

    /** Once only: what is spread again is asked once. */
    private Measure rootedIn(String name, Set<String> seen) {
        FragmentDefinition fragment = fragments.get(name);
        return fragment == null || !seen.add(name) ? Measure.NOTHING : rooted(fragment.getSelectionSet(), seen);
    }

    private Measure of(@Nullable SelectionSet selections) {
        Measure total = Measure.NOTHING;
        if (selections != null) {
            for (Selection<?> selection : selections.getSelections()) {
                total = total.and(
                        switch (selection) {
                            case Field field -> ofField(field);
                            case InlineFragment inline -> of(inline.getSelectionSet());
                            case FragmentSpread spread -> ofFragment(spread.getName());
                            default -> Measure.NOTHING;
                        });
            }
        }
        return total;
    }

    private Measure ofField(Field field) {
        String name = field.getName();
        Measure inner = of(field.getSelectionSet());
        long cost = 1 + MANY.getOrDefault(name, 1) * inner.cost;
        return STEPS.contains(name)
                ? new Measure(cost, Set.of(name), inner.steps.contains(name) ? name : inner.circle)
                        .and(new Measure(0, inner.steps, null))
                : new Measure(cost, inner.steps, inner.circle);
    }

    private Measure ofFragment(String name) {
        Measure before = known.putIfAbsent(name, Measure.NOTHING); // a cycle, which validation refuses, ends here
        FragmentDefinition fragment = fragments.get(name);
        if (before != null || fragment == null) {
            return before == null ? Measure.NOTHING : before;
        }
        Measure measure = of(fragment.getSelectionSet());
        known.put(name, measure);
        return measure;
    }
}
