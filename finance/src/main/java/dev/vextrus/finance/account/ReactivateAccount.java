package dev.vextrus.finance.account;

import dev.vextrus.finance.command.Role;
import java.util.Set;

/** Takes an account into use again. */
public record ReactivateAccount(AccountCode account) implements AccountCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.CONTROLLERS;
    }
}
