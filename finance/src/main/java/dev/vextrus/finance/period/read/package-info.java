/** Accounting periods as rows, and how to ask for them. */
@NullMarked
package dev.vextrus.finance.period.read;

import org.jspecify.annotations.NullMarked;
