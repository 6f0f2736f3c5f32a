package dev.vextrus.finance.invoice.read;

import dev.vextrus.finance.invoice.InvoiceApproved;
import dev.vextrus.finance.invoice.InvoiceDrafted;
import dev.vextrus.finance.invoice.InvoiceEvent;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.InvoicePaymentApplied;
import dev.vextrus.finance.invoice.InvoicePaymentWithdrawn;
import dev.vextrus.finance.invoice.InvoiceVoided;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import dev.vextrus.kernel.Money;
import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes {@code invoice_read_model} and {@code invoice_line}. */
public final class InvoiceProjection implements Projection {

    private record Key(TenantId tenant, InvoiceId invoice) {}

    /** What a batch changes about an invoice; null: nothing. */
    private static final class Change {
        private @Nullable InvoiceStatus status;
        private @Nullable Long number;
        private @Nullable Long open;
        private @Nullable UUID entry;
        private @Nullable LocalDate voidedOn;
        private @Nullable String voidReason;
        private @Nullable UUID reversal;
        private long position;

        void owes(Money left) {
            open = left.minorUnits();
            status = left.isZero() ? InvoiceStatus.PAID : InvoiceStatus.PARTLY_PAID;
        }

        void isApproved(InvoiceApproved approved, OptionalLong given) {
            status = InvoiceStatus.APPROVED;
            number = given.isPresent() ? given.getAsLong() : null;
            open = approved.total().minorUnits();
            entry = approved.entry().value();
        }

        void isVoided(InvoiceVoided voided) {
            status = InvoiceStatus.VOID;
            open = 0L;
            voidedOn = voided.date();
            voidReason = voided.reason();
            reversal = voided.reversal() == null ? null : voided.reversal().value();
        }
    }

    @Override
    public String name() {
        return "invoice";
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        InvoiceDrafts drafts = new InvoiceDrafts();
        Map<Key, Change> changes = new LinkedHashMap<>();
        for (ProjectedEvent event : events) {
            if (event.event() instanceof InvoiceEvent invoice) {
                if (invoice instanceof InvoiceDrafted drafted) {
                    drafts.add(event, drafted);
                } else {
                    Key key = new Key(event.tenant(), invoice.invoice());
                    Change change = changes.computeIfAbsent(key, k -> new Change());
                    change.position = event.position();
                    fold(change, invoice, event.recorded().number());
                }
            }
        }
        drafts.write(writer);
        write(changes, writer);
        reportFacts(changes, writer);
    }

    private static void fold(Change change, InvoiceEvent event, OptionalLong number) {
        switch (event) {
            case InvoiceDrafted drafted ->
                throw new IllegalStateException("a draft is a row, not a change: " + drafted);
            case InvoiceApproved approved -> change.isApproved(approved, number);
            case InvoicePaymentApplied applied -> change.owes(applied.open());
            case InvoicePaymentWithdrawn withdrawn -> change.owes(withdrawn.open());
            case InvoiceVoided voided -> change.isVoided(voided);
        }
    }

    private static void write(Map<Key, Change> changes, ReadModelWriter writer) throws SQLException {
        Columns rows = Columns.of("text", "uuid", "text", "bigint", "bigint", "uuid", "date", "text", "uuid", "bigint");
        changes.forEach((key, change) -> rows.add(
                key.tenant().value(),
                key.invoice().value(),
                change.status == null ? null : change.status.name(),
                change.number,
                change.open,
                change.entry,
                change.voidedOn,
                change.voidReason,
                change.reversal,
                change.position));
        // What is owed in full again after a withdrawn payment is approved and no longer partly paid.
        writer.write("""
                update read_model.invoice_read_model i
                set status = case when c.status = 'PARTLY_PAID' and c.open = i.total then 'APPROVED'
                                  else coalesce(c.status, i.status) end,
                    number = coalesce(c.number, i.number), open = coalesce(c.open, i.open),
                    entry = coalesce(c.entry, i.entry), voided_on = coalesce(c.voided_on, i.voided_on),
                    void_reason = coalesce(c.void_reason, i.void_reason),
                    reversal = coalesce(c.reversal, i.reversal), position = c.position
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as c
                    (tenant, id, status, number, open, entry, voided_on, void_reason, reversal, position)
                where i.tenant = c.tenant and i.id = c.id""", rows);
    }

    private record Open(TenantId tenant, String id, String currency, BigDecimal minorUnits) {}

    private static void reportFacts(Map<Key, Change> changes, ReadModelWriter writer) throws SQLException {
        Columns keys = Columns.of("text", "uuid");
        changes.keySet()
                .forEach(key -> keys.add(key.tenant().value(), key.invoice().value()));
        String sql = """
                select i.tenant, i.id, i.currency, i.open
                from read_model.invoice_read_model i join unnest(?, ?) as k (tenant, id) using (tenant, id)""";
        List<Open> amounts = writer.query(
                sql,
                keys,
                row -> new Open(
                        TenantId.of(row.getString(1)), row.getString(2), row.getString(3), row.getBigDecimal(4)));
        amounts.forEach(open -> writer.fact(open.tenant, "open/" + open.id + "/" + open.currency, open.minorUnits));
    }
}
