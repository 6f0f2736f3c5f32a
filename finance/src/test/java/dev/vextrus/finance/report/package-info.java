/** Reports against sums made by hand. */
@NullMarked
package dev.vextrus.finance.report;

import org.jspecify.annotations.NullMarked;
