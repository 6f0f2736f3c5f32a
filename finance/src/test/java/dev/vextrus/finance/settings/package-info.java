/** What the service is told by its environment. */
@NullMarked
package dev.vextrus.finance.settings;

import org.jspecify.annotations.NullMarked;
