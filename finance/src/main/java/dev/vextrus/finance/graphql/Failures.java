package dev.vextrus.finance.graphql;

import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.finance.query.BadPage;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.execution.DataFetcherExceptionResolverAdapter;

/** Turns whatever a data fetcher throws into an error with a stable code, telling nothing of our insides. */
final class Failures extends DataFetcherExceptionResolverAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @Override
    protected GraphQLError resolveToSingleError(Throwable failure, DataFetchingEnvironment environment) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RequestFailure known) {
                return error(environment, known.code(), String.valueOf(known.getMessage()));
            }
            if (cause instanceof StoreUnavailable || isOutage(cause)) {
                return error(environment, ErrorCode.UNAVAILABLE, "The books cannot be reached at the moment.");
            }
            if (cause instanceof BadPage || cause instanceof InputRefusal) {
                return error(environment, ErrorCode.INPUT_INVALID, String.valueOf(cause.getMessage()));
            }
        }
        LOG.error(
                "field {} failed, correlation {}",
                environment.getExecutionStepInfo().getPath(),
                correlationOf(environment),
                failure);
        return error(environment, ErrorCode.INTERNAL, "Something went wrong on our side.");
    }

    private static Object correlationOf(DataFetchingEnvironment environment) {
        RequestScope scope = environment.getGraphQlContext().get(RequestScope.class);
        return scope == null ? "unknown" : scope.correlationId();
    }

    static Map<String, Object> extensions(ErrorCode code) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code.name());
        extensions.put("remedy", code.remedy());
        return extensions;
    }

    private static GraphQLError error(DataFetchingEnvironment environment, ErrorCode code, String message) {
        return GraphqlErrorBuilder.newError(environment)
                .message("%s", message)
                .errorType(code)
                .extensions(extensions(code))
                .build();
    }

    /** PostgreSQL's own words for "not now": connection lost (08), out of resources (53), shutting down or timed out (57). */
    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            case SQLTransientException transientFailure -> true;
            case SQLException failure -> isOutage(failure.getSQLState());
            default -> false;
        };
    }

    private static boolean isOutage(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
    }
}
