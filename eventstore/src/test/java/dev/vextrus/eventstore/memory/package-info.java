/** Tests of the store in memory, and of the contract itself. */
@NullMarked
package dev.vextrus.eventstore.memory;

import org.jspecify.annotations.NullMarked;
