/** Two read-model versions are compared. */
@NullMarked
package dev.vextrus.finance.parity;

import org.jspecify.annotations.NullMarked;
