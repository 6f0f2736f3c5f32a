/** Beginning the books of a tenant: its settings, its chart of accounts and its first periods in one append. */
@NullMarked
package dev.vextrus.finance.onboarding;

import org.jspecify.annotations.NullMarked;
