package dev.vextrus.finance.tenant;

import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.time.Month;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The tenant's books began, with these settings. */
public record TenantCreated(
        String name,
        CurrencyCode baseCurrency,
        Month fiscalYearStart,
        ZoneId zone,
        TaxRounding taxRounding,
        @Nullable Money approvalLimit)
        implements TenantEvent {}
