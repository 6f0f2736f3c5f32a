/** The lines of a checklist that is gone through before a rollout moves anything, whatever its target. */
@NullMarked
package dev.vextrus.rollout.preflight;

import org.jspecify.annotations.NullMarked;
