package dev.vextrus.finance.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.OperationDefinition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Parses, validates and measures each query text once. Only the text is kept, no variable and nothing of a tenant's;
 * texts that were refused are not kept, so that nobody can push the good ones out with rubbish.
 */
final class CheckedDocuments implements PreparsedDocumentProvider {
    private static final long CACHED_CHARACTERS = 2_000_000;

    private final QueryLimits limits;
    private final Cache<String, PreparsedDocumentEntry> checked = Caffeine.newBuilder()
            .maximumWeight(CACHED_CHARACTERS)
            .weigher((String text, PreparsedDocumentEntry entry) -> text.length() + 100)
            .executor(Runnable::run)
            .build();

    CheckedDocuments(QueryLimits limits) {
        this.limits = limits;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        PreparsedDocumentEntry entry = checked.getIfPresent(input.getQuery());
        if (entry == null) {
            entry = check(parseAndValidate.apply(input));
            if (!entry.hasErrors()) {
                checked.put(input.getQuery(), entry);
            }
        }
        RequestScope scope = input.getGraphQLContext().get(RequestScope.class);
        if (scope != null && !entry.hasErrors()) {
            scope.operation(operationOf(entry, input.getOperationName()));
        }
        return CompletableFuture.completedFuture(entry);
    }

    private PreparsedDocumentEntry check(PreparsedDocumentEntry entry) {
        if (entry.hasErrors()) {
            return entry;
        }
        Optional<GraphQLError> tooMuch = limits.check(entry.getDocument());
        return tooMuch.map(error -> new PreparsedDocumentEntry(List.of(error))).orElse(entry);
    }

    private static String operationOf(PreparsedDocumentEntry entry, @org.jspecify.annotations.Nullable String named) {
        if (named != null && !named.isEmpty()) {
            return named;
        }
        String only = null;
        for (OperationDefinition operation : entry.getDocument().getDefinitionsOfType(OperationDefinition.class)) {
            only = operation.getName();
        }
        return only == null ? "other" : only;
    }
}
