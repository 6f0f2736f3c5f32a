/** The rollout engine: everything it decides is decided here, purely. */
@NullMarked
package dev.vextrus.rollout;

import org.jspecify.annotations.NullMarked;
