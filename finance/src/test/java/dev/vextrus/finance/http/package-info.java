/** What every public request goes through, without a server. */
@NullMarked
package dev.vextrus.finance.http;

import org.jspecify.annotations.NullMarked;
