/** Read models are followed, killed, rebuilt and compared. */
@NullMarked
package dev.vextrus.finance.projection;

import org.jspecify.annotations.NullMarked;
