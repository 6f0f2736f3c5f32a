/** Secrets for trials, drawn where they are needed. */
@NullMarked
package dev.vextrus.cli.secrets;

import org.jspecify.annotations.NullMarked;
