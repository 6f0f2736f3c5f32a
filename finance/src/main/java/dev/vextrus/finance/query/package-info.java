/** Reading from the read model: one tenant at a time, page by page. */
@NullMarked
package dev.vextrus.finance.query;

import org.jspecify.annotations.NullMarked;
