/** Accounting periods, which are calendar months: opened, closed, reopened. */
@NullMarked
package dev.vextrus.finance.period;

import org.jspecify.annotations.NullMarked;
