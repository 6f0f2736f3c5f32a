/** Bringing whole books in from a file: read, checked whole, then posted by chunks that know what is there already. */
@NullMarked
package dev.vextrus.finance.bulk;

import org.jspecify.annotations.NullMarked;
