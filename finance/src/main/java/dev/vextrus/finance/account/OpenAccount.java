package dev.vextrus.finance.account;

import dev.vextrus.finance.command.Role;
import dev.vextrus.kernel.CurrencyCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds an account to the chart.
 *
 * @param parent the account that it is part of, of the same type; null at the top
 * @param currency the only currency it takes; null: any
 */
public record OpenAccount(
        AccountCode account,
        String name,
        AccountType type,
        @Nullable AccountCode parent,
        @Nullable CurrencyCode currency)
        implements AccountCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.BOOKKEEPERS;
    }
}
