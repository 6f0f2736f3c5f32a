/** The GraphQL edge: scalars, limits, errors and the explorer page; the slices live with their domain. */
@NullMarked
package dev.vextrus.finance.graphql;

import org.jspecify.annotations.NullMarked;
