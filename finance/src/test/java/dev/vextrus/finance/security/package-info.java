/** Tests of tokens without a server. */
@NullMarked
package dev.vextrus.finance.security;

import org.jspecify.annotations.NullMarked;
