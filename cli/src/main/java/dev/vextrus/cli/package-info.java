/** The one front door: what the command {@code vextrus} says, and how it ends. */
@NullMarked
package dev.vextrus.cli;

import org.jspecify.annotations.NullMarked;
