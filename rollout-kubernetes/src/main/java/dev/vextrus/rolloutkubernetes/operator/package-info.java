/** Watches phased rollouts and runs the engine for each. */
@NullMarked
package dev.vextrus.rolloutkubernetes.operator;

import org.jspecify.annotations.NullMarked;
