/** What becomes of a batch of appends, decided purely: keys, versions, guards, numbers, positions and chain links. */
@NullMarked
package dev.vextrus.eventstore.append;

import org.jspecify.annotations.NullMarked;
