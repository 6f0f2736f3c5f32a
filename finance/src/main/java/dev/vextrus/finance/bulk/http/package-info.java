/** Bulk import and export over HTTP. */
@NullMarked
package dev.vextrus.finance.bulk.http;

import org.jspecify.annotations.NullMarked;
