/** Whether the books are whole: the log by itself, and the read model against the log. */
@NullMarked
package dev.vextrus.finance.integrity;

import org.jspecify.annotations.NullMarked;
