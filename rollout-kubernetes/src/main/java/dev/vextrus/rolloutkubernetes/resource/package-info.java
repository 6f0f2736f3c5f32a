/** The custom resource that describes a phased rollout. */
@NullMarked
package dev.vextrus.rolloutkubernetes.resource;

import org.jspecify.annotations.NullMarked;
