/** Events as the bytes that are stored, and back, whatever release wrote them. */
@NullMarked
package dev.vextrus.finance.codec;

import org.jspecify.annotations.NullMarked;
