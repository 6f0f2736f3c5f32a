package dev.vextrus.finance.account;

import dev.vextrus.kernel.CurrencyCode;
import org.jspecify.annotations.Nullable;

/** The account exists and can be posted to. */
public record AccountOpened(
        AccountCode account,
        String name,
        AccountType type,
        @Nullable AccountCode parent,
        @Nullable CurrencyCode currency)
        implements AccountEvent {}
