package dev.vextrus.finance.account;

import dev.vextrus.finance.command.Role;
import java.util.Set;

/** Takes an account out of use: what was posted stays, nothing more is posted. */
public record DeactivateAccount(AccountCode account) implements AccountCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.CONTROLLERS;
    }
}
