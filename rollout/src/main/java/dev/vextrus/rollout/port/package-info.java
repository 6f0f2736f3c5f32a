/** What the rollout needs from the outside world: a target, traffic counts, the releases, a journal, a voice. */
@NullMarked
package dev.vextrus.rollout.port;

import org.jspecify.annotations.NullMarked;
