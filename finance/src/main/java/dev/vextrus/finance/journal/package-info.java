/** Journal entries: balanced, dated in an open period, immutable once posted, corrected only by reversal. */
@NullMarked
package dev.vextrus.finance.journal;

import org.jspecify.annotations.NullMarked;
