/** The chart of accounts: opening accounts and taking them out of use. */
@NullMarked
package dev.vextrus.finance.account;

import org.jspecify.annotations.NullMarked;
