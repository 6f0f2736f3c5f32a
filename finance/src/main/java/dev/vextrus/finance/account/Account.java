package dev.vextrus.finance.account;

import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.kernel.CurrencyCode;
import org.jspecify.annotations.Nullable;

/**
 * An account as decisions see it.
 *
 * @param type null until it is opened
 * @param currency the only one it takes; null: any
 */
public record Account(@Nullable AccountType type, @Nullable CurrencyCode currency, boolean active) {

    public boolean exists() {
        return type != null;
    }

    /** Why nothing in that currency can be posted to it now, or null. */
    public @Nullable Refusal refusePosting(AccountCode code, CurrencyCode postedIn, String field) {
        if (!exists()) {
            return unknown(code, field);
        }
        if (!active) {
            return new Refusal(
                    Rule.ACCOUNT_INACTIVE,
                    "account " + code + " is out of use",
                    field,
                    "post to another account, or reactivate it");
        }
        if (currency != null && !currency.equals(postedIn)) {
            return new Refusal(
                    Rule.ENTRY_WRONG_CURRENCY,
                    "account " + code + " takes " + currency + " only, not " + postedIn,
                    field,
                    "post " + currency + ", or to an account without a fixed currency");
        }
        return null;
    }

    /** Why it is not an account of that type, or null. */
    public @Nullable Refusal refuseUnless(AccountType wanted, AccountCode code, String field) {
        if (!exists()) {
            return unknown(code, field);
        }
        return type == wanted
                ? null
                : new Refusal(
                        Rule.ACCOUNT_TYPE_WRONG,
                        "account " + code + " is of type " + type + ", not " + wanted,
                        field,
                        "name an account of type " + wanted);
    }

    static Refusal unknown(AccountCode code, String field) {
        return new Refusal(
                Rule.ACCOUNT_UNKNOWN, "there is no account " + code, field, "open the account, or correct its code");
    }
}
