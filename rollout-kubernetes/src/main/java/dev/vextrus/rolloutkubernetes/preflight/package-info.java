/** What must hold in a cluster before a rollout moves anything. */
@NullMarked
package dev.vextrus.rolloutkubernetes.preflight;

import org.jspecify.annotations.NullMarked;
