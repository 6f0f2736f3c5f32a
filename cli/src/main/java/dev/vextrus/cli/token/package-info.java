/** Minting tokens for local use. */
@NullMarked
package dev.vextrus.cli.token;

import org.jspecify.annotations.NullMarked;
