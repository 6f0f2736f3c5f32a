/** Who is calling and what they may do: tokens, roles, and the filters in front of every public request. */
@NullMarked
package dev.vextrus.finance.security;

import org.jspecify.annotations.NullMarked;
