/** The tenant whose books these are: its base currency, calendar and the accounts that documents post to. */
@NullMarked
package dev.vextrus.finance.tenant;

import org.jspecify.annotations.NullMarked;
