package dev.vextrus.finance.tenant.read;

import dev.vextrus.finance.tenant.PostingAccounts;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.time.Month;
import java.time.ZoneId;

/** A tenant as it is shown. */
public record TenantView(
        TenantId tenant,
        String name,
        CurrencyCode baseCurrency,
        Month fiscalYearStart,
        ZoneId zone,
        PostingAccounts postingAccounts) {}
