/** Balances, and the reports that are made of them. */
@NullMarked
package dev.vextrus.finance.report;

import org.jspecify.annotations.NullMarked;
