/** A rollout as people watch it: drawn in place on a terminal, line by line in a pipe. */
@NullMarked
package dev.vextrus.cli.rollout.view;

import org.jspecify.annotations.NullMarked;
