/** Payments and their allocations as rows, and how to ask for them. */
@NullMarked
package dev.vextrus.finance.payment.read;

import org.jspecify.annotations.NullMarked;
