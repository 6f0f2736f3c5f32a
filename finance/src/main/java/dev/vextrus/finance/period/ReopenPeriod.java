package dev.vextrus.finance.period;

import dev.vextrus.finance.command.Role;
import java.time.YearMonth;
import java.util.Set;

/** Opens a closed month again; {@code reason} is kept. */
public record ReopenPeriod(YearMonth period, String reason) implements PeriodCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.CONTROLLERS;
    }
}
