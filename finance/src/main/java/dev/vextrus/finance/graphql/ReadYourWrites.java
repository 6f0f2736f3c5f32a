package dev.vextrus.finance.graphql;

import org.jspecify.annotations.Nullable;

/** Lets a query see at least what the caller has been told of. */
@FunctionalInterface
public interface ReadYourWrites {

    /**
     * Waits until the read model holds {@code position}; null does not wait.
     *
     * @throws RequestFailure if it does not within a bound
     */
    void await(@Nullable Long position);
}
