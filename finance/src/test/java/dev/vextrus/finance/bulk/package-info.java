/** Tests of bulk import and export. */
@NullMarked
package dev.vextrus.finance.bulk;

import org.jspecify.annotations.NullMarked;
