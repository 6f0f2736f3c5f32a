/** Invoices as rows, and how to ask for them. */
@NullMarked
package dev.vextrus.finance.invoice.read;

import org.jspecify.annotations.NullMarked;
