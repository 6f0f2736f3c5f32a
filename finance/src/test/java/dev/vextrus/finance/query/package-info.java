/** Pages and cursors. */
@NullMarked
package dev.vextrus.finance.query;

import org.jspecify.annotations.NullMarked;
