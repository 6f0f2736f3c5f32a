/** The chart of accounts as rows, and how to ask for them. */
@NullMarked
package dev.vextrus.finance.account.read;

import org.jspecify.annotations.NullMarked;
