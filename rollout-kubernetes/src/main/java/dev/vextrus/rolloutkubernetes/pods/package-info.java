/** What the rollout reads of pods, and how it calls them from inside or outside the cluster. */
@NullMarked
package dev.vextrus.rolloutkubernetes.pods;

import org.jspecify.annotations.NullMarked;
