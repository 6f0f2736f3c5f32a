package dev.vextrus.finance.account.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.kernel.CurrencyCode;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is shown.
 *
 * @param parent null at the top of the chart
 * @param currency the only one it takes; null: any
 */
public record AccountView(
        AccountCode code,
        String name,
        AccountType type,
        @Nullable AccountCode parent,
        @Nullable CurrencyCode currency,
        boolean active) {}
