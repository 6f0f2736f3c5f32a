/** The way to a cluster, and the operator that runs in one. */
@NullMarked
package dev.vextrus.cli.kubernetes;

import org.jspecify.annotations.NullMarked;
