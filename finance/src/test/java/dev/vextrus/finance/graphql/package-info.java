/** The GraphQL edge. */
@NullMarked
package dev.vextrus.finance.graphql;

import org.jspecify.annotations.NullMarked;
