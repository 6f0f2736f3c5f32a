/** The pure heart: states, commands, actions and the step from one state to the next. */
@NullMarked
package dev.vextrus.rollout.engine;

import org.jspecify.annotations.NullMarked;
