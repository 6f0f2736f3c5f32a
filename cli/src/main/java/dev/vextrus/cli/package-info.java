/** The command {@code vextrus}. */
@NullMarked
package dev.vextrus.cli;

import org.jspecify.annotations.NullMarked;
