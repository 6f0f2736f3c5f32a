/** The product as a stranger uses it: through the launcher, with real processes. */
@NullMarked
package dev.vextrus.e2e;

import org.jspecify.annotations.NullMarked;
