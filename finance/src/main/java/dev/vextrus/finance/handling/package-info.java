/** Carrying commands out: loading what they need, deciding, appending under versions and keys; and deciding again. */
@NullMarked
package dev.vextrus.finance.handling;

import org.jspecify.annotations.NullMarked;
