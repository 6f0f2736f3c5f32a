/** What two read-model versions are compared by. */
@NullMarked
package dev.vextrus.finance.parity;

import org.jspecify.annotations.NullMarked;
