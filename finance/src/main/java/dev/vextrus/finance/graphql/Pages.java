package dev.vextrus.finance.graphql;

import dev.vextrus.finance.query.BadPage;
import dev.vextrus.finance.query.PageRequest;
import graphql.schema.DataFetchingEnvironment;

/** Reads the paging arguments that every connection takes (Relay's cursor connections, forward). */
public final class Pages {
    private static final int DEFAULT_PAGE = 50;

    private Pages() {}

    /** @throws BadPage if the page is too large or too small */
    public static PageRequest of(DataFetchingEnvironment environment) {
        Integer first = environment.getArgument("first");
        return new PageRequest(first == null ? DEFAULT_PAGE : first, environment.getArgument("after"));
    }
}
