/** Container images of the programs, made on this machine. */
@NullMarked
package dev.vextrus.cli.image;

import org.jspecify.annotations.NullMarked;
