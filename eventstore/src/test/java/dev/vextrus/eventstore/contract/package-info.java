/** What every event store must do, as tests; a store passes by implementing {@link EventStoreContract}. */
@NullMarked
package dev.vextrus.eventstore.contract;

import org.jspecify.annotations.NullMarked;
