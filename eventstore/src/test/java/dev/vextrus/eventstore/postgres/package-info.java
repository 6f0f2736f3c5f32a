/** Tests of the PostgreSQL store against a real server. */
@NullMarked
package dev.vextrus.eventstore.postgres;

import org.jspecify.annotations.NullMarked;
