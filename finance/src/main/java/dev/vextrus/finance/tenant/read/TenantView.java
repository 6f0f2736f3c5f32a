package dev.vextrus.finance.tenant.read;

import dev.vextrus.finance.account.PostingAccounts;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.time.Month;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is shown.
 *
 * @param postingAccounts null until its chart has started, a moment after it
 */
public record TenantView(
        TenantId tenant,
        String name,
        CurrencyCode baseCurrency,
        Month fiscalYearStart,
        ZoneId zone,
        @Nullable PostingAccounts postingAccounts) {}
