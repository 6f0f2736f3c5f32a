package dev.vextrus.finance.period;

import dev.vextrus.finance.command.Role;
import java.time.YearMonth;
import java.util.Set;

/** Opens the months from {@code first} to {@code last}, both included, at most 120; those that are open already stay so. */
public record OpenPeriods(YearMonth first, YearMonth last) implements PeriodCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.CONTROLLERS;
    }
}
