package dev.vextrus.finance.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.parser.exceptions.ParseCancelledTooManyCharsException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Parses, measures and validates each query text once, in this order: what is measured is cheap to validate. Only the text is kept, no variable and nothing of a tenant's;
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
        Optional<String> unstorable = UnstorableText.in(input);
        if (unstorable.isPresent()) {
            return CompletableFuture.completedFuture(
                    refused(QueryLimits.error(ErrorCode.INPUT_INVALID, unstorable.get())));
        }
        PreparsedDocumentEntry entry = checked.getIfPresent(input.getQuery());
        if (entry == null) {
            Optional<GraphQLError> tooMuch = tooMuch(input.getQuery());
            entry = tooMuch.map(CheckedDocuments::refused).orElseGet(() -> parseAndValidate.apply(input));
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

    /** Which limit the query is past; empty where it is within all, or no GraphQL: the engine then says where and why. */
    private Optional<GraphQLError> tooMuch(String query) {
        ParserOptions bounds = ParserOptions.getDefaultOperationParserOptions();
        try {
            Document document = Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(query)
                    .parserOptions(bounds)
                    .build());
            return limits.check(document);
        } catch (ParseCancelledTooDeepException deep) {
            return Optional.of(QueryLimits.error(
                    ErrorCode.QUERY_TOO_DEEP,
                    "The query is nested too deeply to be read; at most " + limits.depth() + " levels."));
        } catch (ParseCancelledTooManyCharsException large) {
            return Optional.of(QueryLimits.error(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "The query has more than " + bounds.getMaxCharacters() + " characters, the most that are read."));
        } catch (ParseCancelledException many) {
            return Optional.of(QueryLimits.error(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "The query has more than " + bounds.getMaxTokens()
                            + " tokens (names, values and signs), the most that are read."));
        } catch (InvalidSyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static PreparsedDocumentEntry refused(GraphQLError error) {
        return new PreparsedDocumentEntry(List.of(error));
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
