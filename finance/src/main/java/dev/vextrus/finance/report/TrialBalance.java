package dev.vextrus.finance.report;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.MoneySum;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands on each account, per currency. Debits and credits in base currency are equal, always.
 *
 * @param position the place in the log up to which it knows the events
 * @param asOf the last business date it counts; null: all
 * @param rows in the order of accounts and currencies
 */
public record TrialBalance(long position, @Nullable LocalDate asOf, List<Row> rows) {

    public TrialBalance {
        rows = List.copyOf(rows);
    }

    /**
     * One account in one currency; all amounts are 0 or more, except where a line posted less than nothing.
     *
     * @param debit sum of the debit lines
     * @param credit sum of the credit lines, as a positive amount
     * @param baseDebit the same in base currency
     */
    public record Row(
            AccountCode account,
            String name,
            AccountType type,
            MoneySum debit,
            MoneySum credit,
            MoneySum baseDebit,
            MoneySum baseCredit) {

        /** Debit is positive. */
        public MoneySum balance() {
            return debit.minus(credit);
        }

        /** Debit is positive. */
        public MoneySum baseBalance() {
            return baseDebit.minus(baseCredit);
        }
    }

    /** Debits and credits of one currency. */
    public record Total(MoneySum debit, MoneySum credit) {
        public boolean isBalanced() {
            return debit.equals(credit);
        }
    }

    /** Per transaction currency, in the order of their codes. */
    public List<Total> totals() {
        Map<CurrencyCode, Total> sums = new TreeMap<>();
        for (Row row : rows) {
            sums.merge(row.debit().currency(), new Total(row.debit(), row.credit()), TrialBalance::add);
        }
        return List.copyOf(sums.values());
    }

    /** In base currency; null where there is no row. */
    public @Nullable Total baseTotal() {
        return rows.stream()
                .map(row -> new Total(row.baseDebit(), row.baseCredit()))
                .reduce(TrialBalance::add)
                .orElse(null);
    }

    private static Total add(Total a, Total b) {
        return new Total(a.debit().plus(b.debit()), a.credit().plus(b.credit()));
    }
}
