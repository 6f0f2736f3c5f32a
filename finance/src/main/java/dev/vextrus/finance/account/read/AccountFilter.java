package dev.vextrus.finance.account.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountType;
import org.jspecify.annotations.Nullable;

/** Which accounts; null: whatever it is. */
public record AccountFilter(
        @Nullable AccountType type,
        @Nullable Boolean active,
        @Nullable AccountCode parent) {
    public static final AccountFilter ALL = new AccountFilter(null, null, null);
}
