package dev.vextrus.finance.payment.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.finance.query.Page;
import dev.vextrus.finance.query.PageRequest;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import dev.vextrus.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks for payments and their allocations. */
public final class PaymentQueries {
    private static final String PAYMENTS = "select * from read_model.payment_read_model where tenant = :tenant";
    private static final String ALLOCATIONS = "select * from read_model.payment_allocation where tenant = :tenant";

    private final TenantReader reader;

    public PaymentQueries(TenantReader reader) {
        this.reader = reader;
    }

    public Optional<PaymentView> find(TenantId tenant, PaymentId id) {
        return Optional.ofNullable(find(tenant, List.of(id)).get(id));
    }

    /** Those that there are. */
    public Map<PaymentId, PaymentView> find(TenantId tenant, Collection<PaymentId> ids) {
        UUID[] wanted = ids.stream().map(PaymentId::value).toArray(UUID[]::new);
        Map<PaymentId, PaymentView> found = new LinkedHashMap<>();
        reader.read(
                        tenant,
                        statements -> statements
                                .sql(PAYMENTS + " and id = any (:ids)")
                                .param("ids", wanted)
                                .query((row, number) -> payment(row))
                                .list())
                .forEach(payment -> found.put(payment.id(), payment));
        return found;
    }

    /** The allocations of many payments at once, in the order they were made. */
    public Map<PaymentId, List<AllocationView>> allocations(TenantId tenant, Collection<PaymentId> payments) {
        UUID[] wanted = payments.stream().map(PaymentId::value).toArray(UUID[]::new);
        return allocations(tenant, " and payment = any (:ids) order by position", wanted).stream()
                .collect(Collectors.groupingBy(AllocationView::payment, LinkedHashMap::new, Collectors.toList()));
    }

    /** What was allocated to many invoices at once, in the order it was. */
    public Map<InvoiceId, List<AllocationView>> allocationsTo(TenantId tenant, Collection<InvoiceId> invoices) {
        UUID[] wanted = invoices.stream().map(InvoiceId::value).toArray(UUID[]::new);
        return allocations(tenant, " and invoice = any (:ids) order by position", wanted).stream()
                .collect(Collectors.groupingBy(AllocationView::invoice, LinkedHashMap::new, Collectors.toList()));
    }

    public Page<PaymentView> page(TenantId tenant, PaymentFilter filter, PaymentSort sort, PageRequest page) {
        String sql = PAYMENTS
                + (filter.status() == null ? "" : " and status = :status")
                + (filter.customer() == null ? "" : " and customer = :customer")
                + (filter.from() == null ? "" : " and date >= :from")
                + (filter.to() == null ? "" : " and date <= :to")
                + (filter.withCredit() == null ? "" : " and (unallocated > 0) = :withCredit")
                + sort.keyset().tail(page);
        return reader.read(tenant, statements -> {
            var statement = sort.keyset()
                    .bind(statements.sql(sql), page)
                    .param(
                            "status",
                            filter.status() == null ? null : filter.status().name())
                    .param(
                            "customer",
                            filter.customer() == null ? null : filter.customer().value())
                    .param("from", filter.from())
                    .param("to", filter.to())
                    .param("withCredit", filter.withCredit());
            return sort.keyset()
                    .page(
                            statement
                                    .query((row, number) -> sort.keyset().entry(row, payment(row)))
                                    .list(),
                            page);
        });
    }

    private List<AllocationView> allocations(TenantId tenant, String condition, UUID[] ids) {
        return reader.read(
                tenant,
                statements -> statements
                        .sql(ALLOCATIONS + condition)
                        .param("ids", ids)
                        .query((row, number) -> new AllocationView(
                                new PaymentId(row.getObject("payment", UUID.class)),
                                new InvoiceId(row.getObject("invoice", UUID.class)),
                                Money.ofMinor(CurrencyCode.of(row.getString("currency")), row.getLong("amount")),
                                row.getBoolean("withdrawn")))
                        .list());
    }

    private static PaymentView payment(ResultSet row) throws SQLException {
        CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
        @Nullable UUID reversal = row.getObject("reversal", UUID.class);
        return new PaymentView(
                new PaymentId(row.getObject("id", UUID.class)),
                PaymentStatus.valueOf(row.getString("status")),
                CustomerId.of(row.getString("customer")),
                row.getObject("date", LocalDate.class),
                AccountCode.of(row.getString("bank_account")),
                row.getString("reference"),
                Money.ofMinor(currency, row.getLong("amount")),
                Money.ofMinor(currency, row.getLong("unallocated")),
                new JournalEntryId(row.getObject("entry", UUID.class)),
                row.getObject("reversed_on", LocalDate.class),
                row.getString("reason"),
                reversal == null ? null : new JournalEntryId(reversal));
    }
}
