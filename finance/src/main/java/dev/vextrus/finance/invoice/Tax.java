package dev.vextrus.finance.invoice;

import dev.vextrus.finance.account.AccountCode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tax code as it stood when the invoice was drafted.
 *
 * @param percent 0 to 100, such as 19 for 19 %
 * @param inclusive whether prices contain it
 * @param liability the account that it is owed on; null: the tenant's output tax
 */
public record Tax(
        String code,
        BigDecimal percent,
        boolean inclusive,
        @Nullable AccountCode liability) {}
