package dev.vextrus.finance.journal;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.kernel.Money;
import java.util.Map;

/**
 * One line of a journal entry. Debits are positive, credits negative.
 *
 * @param amount in the currency of the transaction
 * @param baseAmount the same in the tenant's base currency; equal to {@code amount} where that is the base currency
 * @param dimensions what else it is counted under, such as {@code project} or {@code cost-centre}
 */
public record Posting(AccountCode account, Money amount, Money baseAmount, Map<String, String> dimensions) {

    public Posting {
        dimensions = Map.copyOf(dimensions);
    }

    /** A line in the base currency. */
    public static Posting of(AccountCode account, Money amount) {
        return new Posting(account, amount, amount, Map.of());
    }

    /** The line that takes this one back. */
    public Posting reversed() {
        return new Posting(account, amount.negated(), baseAmount.negated(), dimensions);
    }
}
