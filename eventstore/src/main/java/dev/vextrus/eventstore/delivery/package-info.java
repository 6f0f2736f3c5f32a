/** Carries the log to subscribers, for every store alike. */
@NullMarked
package dev.vextrus.eventstore.delivery;

import org.jspecify.annotations.NullMarked;
