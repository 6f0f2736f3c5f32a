package dev.vextrus.finance.bulk;

import dev.vextrus.finance.account.AccountType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an account's top-level name says of its type. */
final class AccountTypes {
    private static final Map<String, AccountType> KNOWN = Map.ofEntries(
            Map.entry("assets", AccountType.ASSET),
            Map.entry("asset", AccountType.ASSET),
            Map.entry("liabilities", AccountType.LIABILITY),
            Map.entry("liability", AccountType.LIABILITY),
            Map.entry("equity", AccountType.EQUITY),
            Map.entry("income", AccountType.REVENUE),
            Map.entry("revenue", AccountType.REVENUE),
            Map.entry("revenues", AccountType.REVENUE),
            Map.entry("expenses", AccountType.EXPENSE),
            Map.entry("expense", AccountType.EXPENSE));

    private final Map<String, AccountType> types = new HashMap<>(KNOWN);

    AccountTypes(Map<String, AccountType> chosen) {
        chosen.forEach((name, type) -> types.put(name.toLowerCase(Locale.ROOT), type));
    }

    Optional<AccountType> of(String account) {
        return Optional.ofNullable(types.get(top(account).toLowerCase(Locale.ROOT)));
    }

    static String top(String account) {
        int colon = account.indexOf(':');
        return colon < 0 ? account : account.substring(0, colon);
    }
}
