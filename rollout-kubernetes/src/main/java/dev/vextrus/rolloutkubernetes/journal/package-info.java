/** The memory of a rollout, kept in the cluster. */
@NullMarked
package dev.vextrus.rolloutkubernetes.journal;

import org.jspecify.annotations.NullMarked;
