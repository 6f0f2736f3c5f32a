/** How the values of a rollout are written as JSON and read back. */
@NullMarked
package dev.vextrus.rollout.json;

import org.jspecify.annotations.NullMarked;
