/** Payments received from customers and their allocation over invoices. */
@NullMarked
package dev.vextrus.finance.payment;

import org.jspecify.annotations.NullMarked;
