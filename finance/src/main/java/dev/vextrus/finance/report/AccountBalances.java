package dev.vextrus.finance.report;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import dev.vextrus.kernel.TenantId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks for what stands on accounts now. */
public final class AccountBalances {
    private final TenantReader reader;

    public AccountBalances(TenantReader reader) {
        this.reader = reader;
    }

    /**
     * An account's balance in one currency; debit is positive.
     *
     * @param inBase the same in base currency
     */
    public record Balance(AccountCode account, Money amount, Money inBase) {}

    /** Of many accounts at once, per currency; an account that nothing was posted to is left out. */
    public Map<AccountCode, List<Balance>> of(TenantId tenant, Collection<AccountCode> accounts) {
        String[] wanted = accounts.stream().map(AccountCode::value).toArray(String[]::new);
        String sql = """
                select account, currency, base_currency, debit - credit as amount, base_debit - base_credit as in_base
                from read_model.account_balance
                where tenant = :tenant and account = any (:accounts)
                order by account, currency""";
        return reader
                .read(
                        tenant,
                        statements -> statements
                                .sql(sql)
                                .param("accounts", wanted)
                                .query((row, number) -> new Balance(
                                        AccountCode.of(row.getString("account")),
                                        Money.ofMinor(
                                                CurrencyCode.of(row.getString("currency")),
                                                row.getBigDecimal("amount").longValueExact()),
                                        Money.ofMinor(
                                                CurrencyCode.of(row.getString("base_currency")),
                                                row.getBigDecimal("in_base").longValueExact())))
                                .list())
                .stream()
                .collect(Collectors.groupingBy(Balance::account, LinkedHashMap::new, Collectors.toList()));
    }
}
