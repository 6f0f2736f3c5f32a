package dev.vextrus.finance.invoice.read;

import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.PricedLine;
import dev.vextrus.finance.journal.JournalEntryId;
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
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks for invoices and their lines. */
public final class InvoiceQueries {
    private static final String INVOICES = "select * from read_model.invoice_read_model where tenant = :tenant";

    private final TenantReader reader;

    public InvoiceQueries(TenantReader reader) {
        this.reader = reader;
    }

    public Optional<InvoiceView> find(TenantId tenant, InvoiceId id) {
        return Optional.ofNullable(find(tenant, List.of(id)).get(id));
    }

    /** Those that there are. */
    public Map<InvoiceId, InvoiceView> find(TenantId tenant, Collection<InvoiceId> ids) {
        Map<InvoiceId, InvoiceView> found = new LinkedHashMap<>();
        reader.read(
                        tenant,
                        statements -> statements
                                .sql(INVOICES + " and id = any (:ids)")
                                .param("ids", uuids(ids))
                                .query((row, number) -> invoice(row))
                                .list())
                .forEach(invoice -> found.put(invoice.id(), invoice));
        return found;
    }

    private record LineOf(InvoiceId invoice, PricedLine line) {}

    /** The lines of many invoices at once, in order; an invoice that there is not is left out. */
    public Map<InvoiceId, List<PricedLine>> lines(TenantId tenant, Collection<InvoiceId> invoices) {
        String sql = "select * from read_model.invoice_line where tenant = :tenant and invoice = any (:ids)"
                + " order by invoice, line";
        return reader
                .read(
                        tenant,
                        statements -> statements
                                .sql(sql)
                                .param("ids", uuids(invoices))
                                .query((row, number) -> new LineOf(
                                        new InvoiceId(row.getObject("invoice", UUID.class)), InvoiceLineRow.read(row)))
                                .list())
                .stream()
                .collect(Collectors.groupingBy(
                        LineOf::invoice, LinkedHashMap::new, Collectors.mapping(LineOf::line, Collectors.toList())));
    }

    public Page<InvoiceView> page(TenantId tenant, InvoiceFilter filter, InvoiceSort sort, PageRequest page) {
        String sql = INVOICES
                + (filter.status() == null ? "" : " and status = :status")
                + (filter.customer() == null ? "" : " and customer = :customer")
                + (filter.from() == null ? "" : " and date >= :from")
                + (filter.to() == null ? "" : " and date <= :to")
                + (filter.dueBefore() == null ? "" : " and due_date < :dueBefore")
                + (filter.number() == null ? "" : " and number = :number")
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
                    .param("dueBefore", filter.dueBefore())
                    .param("number", filter.number());
            return sort.keyset()
                    .page(
                            statement
                                    .query((row, number) -> sort.keyset().entry(row, invoice(row)))
                                    .list(),
                            page);
        });
    }

    private static UUID[] uuids(Collection<InvoiceId> ids) {
        return ids.stream().map(InvoiceId::value).toArray(UUID[]::new);
    }

    private static InvoiceView invoice(ResultSet row) throws SQLException {
        CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
        @Nullable Long number = row.getObject("number", Long.class);
        return new InvoiceView(
                new InvoiceId(row.getObject("id", UUID.class)),
                number == null ? OptionalLong.empty() : OptionalLong.of(number),
                InvoiceStatus.valueOf(row.getString("status")),
                CustomerId.of(row.getString("customer")),
                row.getObject("date", LocalDate.class),
                row.getObject("due_date", LocalDate.class),
                row.getString("reference"),
                row.getString("author"),
                Money.ofMinor(currency, row.getLong("net")),
                Money.ofMinor(currency, row.getLong("tax")),
                Money.ofMinor(currency, row.getLong("total")),
                Money.ofMinor(currency, row.getLong("open")),
                entry(row, "entry"),
                row.getObject("voided_on", LocalDate.class),
                row.getString("void_reason"),
                entry(row, "reversal"));
    }

    private static @Nullable JournalEntryId entry(ResultSet row, String column) throws SQLException {
        @Nullable UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new JournalEntryId(id);
    }
}
