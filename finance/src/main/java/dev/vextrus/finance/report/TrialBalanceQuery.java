package dev.vextrus.finance.report;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.MoneySum;
import dev.vextrus.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes trial balances: now, as of a business date, and as they were known at a position of the log. The two times are
 * independent: an entry may be posted today for last month.
 */
public final class TrialBalanceQuery {
    private static final String NOW = """
            select account, currency, base_currency, debit, credit, base_debit, base_credit
            from read_model.account_balance where tenant = :tenant""";

    private static final String AS_OF = """
            select account, currency, min(base_currency) as base_currency, sum(debit) as debit, sum(credit) as credit,
                   sum(base_debit) as base_debit, sum(base_credit) as base_credit
            from read_model.account_balance_day
            where tenant = :tenant and date <= :asOf
            group by account, currency""";

    /** What came later is taken off again: little, where the position is near the head, as it mostly is. */
    private static final String LATER = """
            select account, currency, min(base_currency) as base_currency,
                   -sum(greatest(amount, 0)) as debit, sum(least(amount, 0)) as credit,
                   -sum(case when amount > 0 or (amount = 0 and base_amount > 0) then base_amount else 0 end) as base_debit,
                   sum(case when amount > 0 or (amount = 0 and base_amount > 0) then 0 else base_amount end) as base_credit
            from read_model.journal_line
            where tenant = :tenant and position > :knownAt and (cast(:asOf as date) is null or date <= :asOf)
            group by account, currency""";

    private final TenantReader reader;

    public TrialBalanceQuery(TenantReader reader) {
        this.reader = reader;
    }

    /** As the read model has it. */
    public TrialBalance now(TenantId tenant) {
        return make(tenant, NOW, null, null);
    }

    /** @param asOf the last business date to count */
    public TrialBalance asOf(TenantId tenant, LocalDate asOf) {
        return make(tenant, AS_OF, asOf, null);
    }

    /**
     * @param asOf the last business date to count; null: all
     * @param knownAt the position of the last event to count; the read model must have reached it
     *     ({@code ReadModelPosition.awaitAtLeast}), else the report says a lower position than asked for
     */
    public TrialBalance knownAt(TenantId tenant, @Nullable LocalDate asOf, long knownAt) {
        String balances = asOf == null ? NOW : AS_OF;
        return make(tenant, known(balances), asOf, knownAt);
    }

    private TrialBalance make(TenantId tenant, String balances, @Nullable LocalDate asOf, @Nullable Long knownAt) {
        return reader.read(
                tenant,
                statements -> statements
                        .sql(report(balances))
                        .param("asOf", asOf)
                        .param("knownAt", knownAt)
                        .query(rows -> {
                            long position = 0;
                            List<TrialBalance.Row> found = new ArrayList<>();
                            while (rows.next()) {
                                position = rows.getLong("position");
                                if (rows.getString("account") != null) {
                                    found.add(row(rows));
                                }
                            }
                            long known = knownAt == null ? position : Math.min(knownAt, position);
                            return new TrialBalance(known, asOf, found);
                        }));
    }

    private static String report(String balances) {
        return """
                select p.position, b.*, a.name, a.type
                from read_model.projector p
                left join (%s) b on true
                left join read_model.account_read_model a on a.tenant = :tenant and a.code = b.account
                order by b.account, b.currency""".formatted(balances);
    }

    private static String known(String balances) {
        return """
                select account, currency, min(base_currency) as base_currency, sum(debit) as debit,
                       sum(credit) as credit, sum(base_debit) as base_debit, sum(base_credit) as base_credit
                from (%s union all %s) known
                group by account, currency
                having sum(debit) <> 0 or sum(credit) <> 0 or sum(base_debit) <> 0 or sum(base_credit) <> 0""".formatted(balances, LATER);
    }

    private static TrialBalance.Row row(ResultSet row) throws SQLException {
        CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
        CurrencyCode base = CurrencyCode.of(row.getString("base_currency"));
        return new TrialBalance.Row(
                AccountCode.of(row.getString("account")),
                row.getString("name"),
                AccountType.valueOf(row.getString("type")),
                money(currency, row, "debit"),
                money(currency, row, "credit"),
                money(base, row, "base_debit"),
                money(base, row, "base_credit"));
    }

    private static MoneySum money(CurrencyCode currency, ResultSet row, String column) throws SQLException {
        return new MoneySum(currency, row.getBigDecimal(column).toBigIntegerExact());
    }
}
