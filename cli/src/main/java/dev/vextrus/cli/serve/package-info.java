/** The finance service on a data folder: started, watched, found again by other commands. */
@NullMarked
package dev.vextrus.cli.serve;

import org.jspecify.annotations.NullMarked;
