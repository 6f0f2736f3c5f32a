package dev.vextrus.finance.graphql;

/** A member of a payload's union that knows its GraphQL type. */
public sealed interface Typed permits Success, RefusalView {
    String typeName();
}
