package dev.vextrus.finance.invoice.read;

import dev.vextrus.finance.invoice.InvoiceDrafted;
import dev.vextrus.finance.invoice.InvoiceLine;
import dev.vextrus.finance.invoice.PricedLine;
import dev.vextrus.finance.invoice.Tax;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.ReadModelWriter;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a batch's new drafts. */
final class InvoiceDrafts {
    private final Columns invoices = Columns.of(
            "text", "uuid", "text", "date", "date", "text", "text", "text", "bigint", "bigint", "bigint", "bigint");
    private final Columns lines = Columns.of(
            "text", "uuid", "int", "text", "numeric", "numeric", "numeric", "text", "numeric", "bool", "text", "text",
            "text", "bigint", "bigint");

    void add(ProjectedEvent event, InvoiceDrafted drafted) {
        String tenant = event.tenant().value();
        invoices.add(
                tenant,
                drafted.invoice().value(),
                drafted.customer().value(),
                drafted.date(),
                drafted.dueDate(),
                drafted.reference(),
                drafted.author(),
                drafted.total().currency().code(),
                drafted.net().minorUnits(),
                drafted.tax().minorUnits(),
                drafted.total().minorUnits(),
                event.position());
        int number = 0;
        for (PricedLine line : drafted.lines()) {
            addLine(tenant, drafted, ++number, line);
        }
    }

    private void addLine(String tenant, InvoiceDrafted drafted, int number, PricedLine priced) {
        InvoiceLine line = priced.line();
        @Nullable Tax tax = line.tax();
        lines.add(
                tenant,
                drafted.invoice().value(),
                number,
                line.description(),
                line.quantity(),
                line.unitPrice(),
                line.discountPercent(),
                tax == null ? null : tax.code(),
                tax == null ? null : tax.percent(),
                tax == null ? null : tax.inclusive(),
                tax == null || tax.liability() == null ? null : tax.liability().value(),
                line.revenueAccount().value(),
                priced.net().currency().code(),
                priced.net().minorUnits(),
                priced.tax().minorUnits());
    }

    void write(ReadModelWriter writer) throws SQLException {
        writer.write("""
                insert into read_model.invoice_read_model
                    (tenant, id, status, customer, date, due_date, reference, author, currency, net, tax, total, open,
                     void_reason, drafted_at, position)
                select tenant, id, 'DRAFT', customer, date, due_date, reference, author, currency, net, tax, total, 0,
                       '', position, position
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as d
                    (tenant, id, customer, date, due_date, reference, author, currency, net, tax, total, position)""", invoices);
        writer.write(
                "insert into read_model.invoice_line select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                lines);
    }
}
