/** The append-only log of events: the port, and the values that cross it. */
@NullMarked
package dev.vextrus.eventstore;

import org.jspecify.annotations.NullMarked;
