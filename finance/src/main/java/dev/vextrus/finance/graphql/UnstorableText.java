package dev.vextrus.finance.graphql;

import graphql.ExecutionInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds U+0000, the one character that PostgreSQL's text cannot hold, before it reaches a statement. */
final class UnstorableText {
    /** The character itself, or as a GraphQL string writes it. */
    private static final Pattern IN_A_DOCUMENT = Pattern.compile("\\u0000|\\\\u(0000|\\{0+})");

    private UnstorableText() {}

    /** What to tell the caller; empty where there is none. */
    static Optional<String> in(ExecutionInput input) {
        boolean inDocument = IN_A_DOCUMENT.matcher(input.getQuery()).find();
        String place = inDocument
                ? "the query"
                : in("variables", input.getRawVariables().toMap());
        return Optional.ofNullable(place)
                .map(where -> where + " holds the character U+0000; take it out, for it cannot be kept.");
    }

    private static @Nullable String in(String path, @Nullable Object value) {
        return switch (value) {
            case String text -> text.indexOf('\0') >= 0 ? path : null;
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> in(path + "." + entry.getKey(), entry.getValue()))
                        .filter(found -> found != null)
                        .findFirst()
                        .orElse(null);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    String found = in(path + "[" + i + "]", list.get(i));
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
            case null, default -> null;
        };
    }
}
