/** Tests of how invoices are priced. */
@NullMarked
package dev.vextrus.finance.invoice;

import org.jspecify.annotations.NullMarked;
