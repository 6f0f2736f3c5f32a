/** Tests of what the command line knows of processes. */
@NullMarked
package dev.vextrus.cli.process;

import org.jspecify.annotations.NullMarked;
