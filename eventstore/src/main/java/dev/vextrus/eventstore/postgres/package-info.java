/** The event store on PostgreSQL: one order by one lock, group commit, roles held apart. */
@NullMarked
package dev.vextrus.eventstore.postgres;

import org.jspecify.annotations.NullMarked;
