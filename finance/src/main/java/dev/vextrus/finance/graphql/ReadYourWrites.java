package dev.vextrus.finance.graphql;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** Lets a query see at least what the caller has been told of. */
@FunctionalInterface
public interface ReadYourWrites {

    /**
     * Waits until the read model holds {@code position}; null does not wait.
     *
     * @throws RequestFailure if it does not within a bound, or the log has no such position
     */
    void await(@Nullable Long position);

    /** For the argument {@code atLeastPosition} that queries take. */
    default void await(DataFetchingEnvironment environment) {
        Long position = environment.getArgument("atLeastPosition");
        await(position);
    }
}
