/** The engine's target in a cluster: two Deployments that take turns, with drain and evidence. */
@NullMarked
package dev.vextrus.rolloutkubernetes.cluster;

import org.jspecify.annotations.NullMarked;
