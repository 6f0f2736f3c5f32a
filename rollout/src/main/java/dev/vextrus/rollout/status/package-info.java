/** How a rollout stands, in the words and figures that people and scripts read. */
@NullMarked
package dev.vextrus.rollout.status;

import org.jspecify.annotations.NullMarked;
