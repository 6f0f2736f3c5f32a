/** Uploads on disk, and whose they are. */
@NullMarked
package dev.vextrus.finance.bulk.http;

import org.jspecify.annotations.NullMarked;
