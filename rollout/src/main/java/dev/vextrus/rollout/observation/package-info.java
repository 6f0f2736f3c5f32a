/** What can be seen of a running rollout: instances, routing, traffic, and what the releases say of themselves. */
@NullMarked
package dev.vextrus.rollout.observation;

import org.jspecify.annotations.NullMarked;
