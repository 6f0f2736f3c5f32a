/** Tests of the write side as a whole, on the in-memory store. */
@NullMarked
package dev.vextrus.finance.handling;

import org.jspecify.annotations.NullMarked;
