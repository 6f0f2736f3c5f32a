/** What every command shares: how it speaks, how it fails, how it ends. */
@NullMarked
package dev.vextrus.cli.output;

import org.jspecify.annotations.NullMarked;
