/** The event store in memory: the model that the real one is compared with, and the store of fast tests. */
@NullMarked
package dev.vextrus.eventstore.memory;

import org.jspecify.annotations.NullMarked;
