/** What a person asks for: the plan of a rollout and the two releases it names, as checked values. */
@NullMarked
package dev.vextrus.rollout.plan;

import org.jspecify.annotations.NullMarked;
