/** Programs that a command starts, watches and never leaves behind. */
@NullMarked
package dev.vextrus.cli.process;

import org.jspecify.annotations.NullMarked;
