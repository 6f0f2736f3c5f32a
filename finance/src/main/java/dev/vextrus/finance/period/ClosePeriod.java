package dev.vextrus.finance.period;

import dev.vextrus.finance.command.Role;
import java.time.YearMonth;
import java.util.Set;

/** Closes a month: nothing dated in it is posted from now on. */
public record ClosePeriod(YearMonth period) implements PeriodCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.CONTROLLERS;
    }
}
