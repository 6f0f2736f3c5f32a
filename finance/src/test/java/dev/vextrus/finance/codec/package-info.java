/** Tests of what is stored. */
@NullMarked
package dev.vextrus.finance.codec;

import org.jspecify.annotations.NullMarked;
