/** What every public answer carries: how it went, who answered, and how errors look. */
@NullMarked
package dev.vextrus.finance.http;

import org.jspecify.annotations.NullMarked;
