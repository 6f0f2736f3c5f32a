package dev.vextrus.finance.tenant;

import dev.vextrus.finance.command.Role;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts the books of the tenant that the context names: its settings, the accounts of its chart and its first periods,
 * in one append.
 *
 * @param fiscalYearStart the first month of the fiscal year
 * @param zone in which the tenant's business days begin
 * @param approvalLimit above it the author of an invoice may not approve it; null: no limit
 * @param firstPeriod the first month to open, null to open none
 * @param periods how many months to open from there, 0 to 120
 */
public record CreateTenant(
        String name,
        CurrencyCode baseCurrency,
        Month fiscalYearStart,
        ZoneId zone,
        ChartTemplate chart,
        TaxRounding taxRounding,
        @Nullable Money approvalLimit,
        @Nullable YearMonth firstPeriod,
        int periods)
        implements TenantCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Set.of(Role.ADMIN);
    }
}
