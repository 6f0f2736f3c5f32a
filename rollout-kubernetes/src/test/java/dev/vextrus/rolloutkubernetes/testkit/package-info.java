/** A real cluster for tests: a namespace of their own, a light workload, and steady traffic. */
@NullMarked
package dev.vextrus.rolloutkubernetes.testkit;

import org.jspecify.annotations.NullMarked;
