package dev.vextrus.finance.integrity;

import dev.vextrus.finance.integrity.TenantFold.BalanceKey;
import dev.vextrus.finance.integrity.TenantFold.Invoice;
import dev.vextrus.finance.integrity.TenantFold.Payment;
import dev.vextrus.finance.integrity.TenantFold.Sums;
import dev.vextrus.finance.integrity.TenantFold.Turnover;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.SnapshotReader;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Compares what the read model's tables say with the fold, within one snapshot of the database. */
final class ReadModelComparison {
    private final SnapshotReader snapshot;
    private final Map<TenantId, TenantFold> tenants;
    private final Tally tally;
    private boolean equal = true;

    ReadModelComparison(SnapshotReader snapshot, Map<TenantId, TenantFold> tenants, Tally tally) {
        this.snapshot = snapshot;
        this.tenants = tenants;
        this.tally = tally;
    }

    /** Whether everything compared so far was equal. */
    boolean isEqual() {
        return equal;
    }

    /** Compares the touched balances, both as they stand and as sums over days. */
    void compareBalances() throws SQLException {
        Columns keys = Columns.of("text", "text", "text");
        tenants.forEach((tenant, fold) ->
                fold.touchedBalances.forEach(key -> keys.add(tenant.value(), key.account(), key.currency())));
        String sql = """
                select k.tenant, k.account, k.currency, b.debit, b.credit, b.base_debit, b.base_credit,
                       d.debit, d.credit, d.base_debit, d.base_credit
                from unnest(?, ?, ?) as k (tenant, account, currency)
                left join read_model.account_balance b using (tenant, account, currency)
                left join lateral (
                    select sum(debit) as debit, sum(credit) as credit, sum(base_debit) as base_debit,
                           sum(base_credit) as base_credit
                    from read_model.account_balance_day d
                    where d.tenant = k.tenant and d.account = k.account and d.currency = k.currency) d on true""";
        snapshot.query(sql, keys, row -> {
            BalanceKey key = new BalanceKey(row.getString(2), row.getString(3));
            Optional<Sums> expected = Optional.ofNullable(fold(row).balances.get(key));
            String what = row.getString(1) + ": account " + key.account() + " in " + key.currency();
            compare(what, expected, sums(row, 4), sums -> said(sums, key.currency()));
            compare(what + " by days", expected, sums(row, 8), sums -> said(sums, key.currency()));
            return key;
        });
    }

    void compareInvoices() throws SQLException {
        String sql = """
                select k.tenant, k.id, i.status, i.total, i.open
                from unnest(?, ?) as k (tenant, id) left join read_model.invoice_read_model i using (tenant, id)""";
        Columns keys = Columns.of("text", "uuid");
        tenants.forEach((tenant, fold) -> fold.touchedInvoices.forEach(id -> keys.add(tenant.value(), id)));
        snapshot.query(sql, keys, row -> {
            UUID id = row.getObject(2, UUID.class);
            String status = row.getString(3);
            Optional<Invoice> stored = status == null
                    ? Optional.empty()
                    : Optional.of(new Invoice(status, row.getLong(4), row.getLong(5)));
            compare(
                    row.getString(1) + ": invoice " + id,
                    Optional.ofNullable(fold(row).invoices.get(id)),
                    stored);
            return id;
        });
    }

    void comparePayments() throws SQLException {
        String sql = """
                select k.tenant, k.id, p.status, p.amount, p.unallocated,
                       (select coalesce(sum(a.amount), 0) from read_model.payment_allocation a
                        where a.tenant = k.tenant and a.payment = k.id and not a.withdrawn)
                from unnest(?, ?) as k (tenant, id) left join read_model.payment_read_model p using (tenant, id)""";
        Columns keys = Columns.of("text", "uuid");
        tenants.forEach((tenant, fold) -> fold.touchedPayments.forEach(id -> keys.add(tenant.value(), id)));
        snapshot.query(sql, keys, row -> {
            UUID id = row.getObject(2, UUID.class);
            Optional<Payment> expected = Optional.ofNullable(fold(row).payments.get(id));
            String status = row.getString(3);
            Optional<Payment> stored = status == null
                    ? Optional.empty()
                    : Optional.of(new Payment(status.equals("REVERSED"), row.getLong(4), row.getLong(6)));
            String what = row.getString(1) + ": payment " + id;
            compare(what, expected, stored);
            compare(what + " unallocated", expected.map(Payment::unallocated), Optional.of(row.getLong(5)));
            return id;
        });
    }

    /** Compares the journal's rows after a position: how many, how much, and each entry with itself. */
    void compareJournal(long after) throws SQLException {
        Columns keys = Columns.of("text", "bigint");
        tenants.forEach((tenant, fold) -> {
            if (fold.newTurnover().entries() > 0) {
                keys.add(tenant.value(), after);
            }
        });
        String sql = """
                select k.tenant, e.entries, l.lines, l.base, u.uneven
                from unnest(?, ?) as k (tenant, after),
                     lateral (select count(*) as entries from read_model.journal_entry_read_model e
                              where e.tenant = k.tenant and e.position > k.after) e,
                     lateral (select count(*) as lines, coalesce(sum(abs(base_amount)), 0) as base
                              from read_model.journal_line l
                              where l.tenant = k.tenant and l.position > k.after) l,
                     lateral (select count(*) as uneven
                              from (select from read_model.journal_line l
                                    where l.tenant = k.tenant and l.position > k.after
                                    group by l.entry, l.currency
                                    having sum(l.amount) <> 0) as entries) u""";
        snapshot.query(sql, keys, row -> {
            Turnover stored = new Turnover(
                    row.getLong(2), row.getLong(3), row.getBigDecimal(4).toBigIntegerExact());
            String what = row.getString(1) + ": journal after position " + after;
            compare(what, Optional.of(fold(row).newTurnover()), Optional.of(stored));
            compare(what + " entries out of balance", Optional.of(0L), Optional.of(row.getLong(5)));
            return stored;
        });
    }

    /** Compares how many rows there are of each kind: none may be there that the log does not know. */
    void compareCounts(Collection<TenantId> of) throws SQLException {
        Columns keys = Columns.of("text");
        of.forEach(tenant -> keys.add(tenant.value()));
        String sql = """
                select k.tenant,
                       (select count(*) from read_model.account_balance b where b.tenant = k.tenant),
                       (select count(*) from read_model.invoice_read_model i where i.tenant = k.tenant),
                       (select count(*) from read_model.payment_read_model p where p.tenant = k.tenant)
                from unnest(?) as k (tenant)""";
        snapshot.query(sql, keys, row -> {
            TenantFold fold = fold(row);
            String what = row.getString(1) + ": number of ";
            compare(what + "balances", Optional.of((long) fold.balances.size()), Optional.of(row.getLong(2)));
            compare(what + "invoices", Optional.of((long) fold.invoices.size()), Optional.of(row.getLong(3)));
            compare(what + "payments", Optional.of((long) fold.payments.size()), Optional.of(row.getLong(4)));
            return fold;
        });
    }

    /** What is damaged may be the currency. */
    private static String said(Sums sums, String currency) {
        return CurrencyCode.isKnown(currency) ? sums.in(CurrencyCode.of(currency)) : sums.toString();
    }

    private <T> void compare(String what, Optional<T> expected, Optional<T> stored) {
        compare(what, expected, stored, Object::toString);
    }

    private <T> void compare(String what, Optional<T> expected, Optional<T> stored, Function<T, String> said) {
        equal &= tally.check(
                expected.equals(stored),
                () -> what + ": " + stored.map(said).orElse("nothing") + " stored, "
                        + expected.map(said).orElse("nothing") + " by the log");
    }

    private TenantFold fold(ResultSet row) throws SQLException {
        return tenants.getOrDefault(TenantId.of(row.getString(1)), new TenantFold());
    }

    private static Optional<Sums> sums(ResultSet row, int column) throws SQLException {
        return row.getBigDecimal(column) == null
                ? Optional.empty()
                : Optional.of(new Sums(
                        whole(row, column), whole(row, column + 1), whole(row, column + 2), whole(row, column + 3)));
    }

    private static BigInteger whole(ResultSet row, int column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value.toBigIntegerExact();
    }
}
