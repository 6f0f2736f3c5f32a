/** What is recorded of a rollout: every decision, what was intended and what was done, in a chain. */
@NullMarked
package dev.vextrus.rollout.audit;

import org.jspecify.annotations.NullMarked;
