/** The finance service: composition root and configuration. */
@NullMarked
package dev.vextrus.finance;

import org.jspecify.annotations.NullMarked;
