/** What the service is told by its environment, read and validated once at start. */
@NullMarked
package dev.vextrus.finance.settings;

import org.jspecify.annotations.NullMarked;
