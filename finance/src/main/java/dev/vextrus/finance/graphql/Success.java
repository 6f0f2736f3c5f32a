package dev.vextrus.finance.graphql;

import org.jspecify.annotations.Nullable;

/**
 * What a mutation did.
 *
 * @param id of what it made or changed
 * @param number the document's number, where it got one
 * @param position of its last event
 * @param repeated whether this is the first outcome of a key that was used before
 */
public record Success(String typeName, String id, @Nullable String number, Long position, boolean repeated)
        implements Typed {}
