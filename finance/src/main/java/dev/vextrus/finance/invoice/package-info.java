/** Invoices to customers: drafted, approved under a gapless number, paid in parts, voided by reversal. */
@NullMarked
package dev.vextrus.finance.invoice;

import org.jspecify.annotations.NullMarked;
