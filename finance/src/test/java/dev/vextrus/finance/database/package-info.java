/** Tests of what makes a database fit for books. */
@NullMarked
package dev.vextrus.finance.database;

import org.jspecify.annotations.NullMarked;
