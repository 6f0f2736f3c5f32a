package dev.vextrus.finance.report;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes {@code account_balance} and {@code account_balance_day}. A batch is summed up here first, so that a hot account
 * costs one row however many entries the batch has for it.
 */
public final class BalanceProjection implements Projection {

    private record Key(TenantId tenant, AccountCode account, CurrencyCode currency) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTenant = tenant.compareTo(other.tenant);
            int byAccount = byTenant != 0 ? byTenant : account.compareTo(other.account);
            return byAccount != 0 ? byAccount : currency.compareTo(other.currency);
        }
    }

    private record Day(Key key, LocalDate date) implements Comparable<Day> {
        @Override
        public int compareTo(Day other) {
            int byKey = key.compareTo(other.key);
            return byKey != 0 ? byKey : date.compareTo(other.date);
        }
    }

    private static final class Sums {
        private final CurrencyCode baseCurrency;
        private BigInteger debit = BigInteger.ZERO;
        private BigInteger credit = BigInteger.ZERO;
        private BigInteger baseDebit = BigInteger.ZERO;
        private BigInteger baseCredit = BigInteger.ZERO;

        Sums(CurrencyCode baseCurrency) {
            this.baseCurrency = baseCurrency;
        }

        void add(Posting line) {
            BigInteger amount = BigInteger.valueOf(line.amount().minorUnits());
            BigInteger base = BigInteger.valueOf(line.baseAmount().minorUnits());
            if (amount.signum() > 0 || (amount.signum() == 0 && base.signum() > 0)) {
                debit = debit.add(amount);
                baseDebit = baseDebit.add(base);
            } else {
                credit = credit.subtract(amount);
                baseCredit = baseCredit.subtract(base);
            }
        }
    }

    @Override
    public String name() {
        return "account-balance";
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        // Sorted, so that writers who ever met would lock rows in one order, and neighbours share a page.
        Map<Key, Sums> totals = new TreeMap<>();
        Map<Day, Sums> days = new TreeMap<>();
        for (ProjectedEvent event : events) {
            if (event.event() instanceof JournalEntryPosted posted) {
                for (Posting line : posted.lines()) {
                    Key key = new Key(
                            event.tenant(), line.account(), line.amount().currency());
                    Supplier<Sums> empty = () -> new Sums(line.baseAmount().currency());
                    totals.computeIfAbsent(key, k -> empty.get()).add(line);
                    days.computeIfAbsent(new Day(key, posted.date()), d -> empty.get())
                            .add(line);
                }
            }
        }
        writeDays(days, writer);
        writeTotals(totals, writer);
    }

    private static void writeDays(Map<Day, Sums> days, ReadModelWriter writer) throws SQLException {
        Columns rows = Columns.of("text", "text", "text", "date", "text", "numeric", "numeric", "numeric", "numeric");
        days.forEach((day, sums) -> rows.add(
                day.key().tenant().value(),
                day.key().account().value(),
                day.key().currency().code(),
                day.date(),
                sums.baseCurrency.code(),
                new BigDecimal(sums.debit),
                new BigDecimal(sums.credit),
                new BigDecimal(sums.baseDebit),
                new BigDecimal(sums.baseCredit)));
        writer.write("""
                insert into read_model.account_balance_day as b
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (tenant, account, currency, date) do update
                set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit,
                    base_debit = b.base_debit + excluded.base_debit,
                    base_credit = b.base_credit + excluded.base_credit""", rows);
    }

    private static void writeTotals(Map<Key, Sums> totals, ReadModelWriter writer) throws SQLException {
        Columns rows = Columns.of("text", "text", "text", "text", "numeric", "numeric", "numeric", "numeric");
        totals.forEach((key, sums) -> rows.add(
                key.tenant().value(),
                key.account().value(),
                key.currency().code(),
                sums.baseCurrency.code(),
                new BigDecimal(sums.debit),
                new BigDecimal(sums.credit),
                new BigDecimal(sums.baseDebit),
                new BigDecimal(sums.baseCredit)));
        String sql = """
                insert into read_model.account_balance as b
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (tenant, account, currency) do update
                set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit,
                    base_debit = b.base_debit + excluded.base_debit,
                    base_credit = b.base_credit + excluded.base_credit
                returning tenant, account, currency, base_currency,
                          debit - credit, base_debit - base_credit""";
        for (Total total : writer.query(sql, rows, Total::read)) {
            writer.fact(total.tenant, "balance/" + total.account + "/" + total.currency, total.amount);
            if (!total.currency.equals(total.baseCurrency)) {
                String fact = "balance/" + total.account + "/" + total.currency + "/in/" + total.baseCurrency;
                writer.fact(total.tenant, fact, total.baseAmount);
            }
        }
    }

    private record Total(
            TenantId tenant,
            String account,
            String currency,
            String baseCurrency,
            BigDecimal amount,
            BigDecimal baseAmount) {

        static Total read(ResultSet row) throws SQLException {
            return new Total(
                    TenantId.of(row.getString(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBigDecimal(5),
                    row.getBigDecimal(6));
        }
    }
}
