package dev.vextrus.finance.payment.read;

import dev.vextrus.finance.payment.PaymentAllocated;
import dev.vextrus.finance.payment.PaymentEvent;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.finance.payment.PaymentReceived;
import dev.vextrus.finance.payment.PaymentReversed;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code payment_read_model} and {@code payment_allocation}. */
public final class PaymentProjection implements Projection {

    private record Key(TenantId tenant, PaymentId payment) {}

    /** What a batch changes about a payment's credit: what is left of it, at which position. */
    private record Left(long unallocated, long position) {}

    /** The rows of one batch. */
    private static final class Batch {
        private final Columns received =
                Columns.of("text", "uuid", "text", "date", "text", "text", "text", "bigint", "uuid", "bigint");
        private final Columns allocated = Columns.of("text", "bigint", "uuid", "uuid", "text", "bigint");
        private final Columns reversed = Columns.of("text", "uuid", "date", "text", "uuid", "bigint");
        private final Map<Key, Left> left = new LinkedHashMap<>();
    }

    @Override
    public String name() {
        return "payment";
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        Batch batch = new Batch();
        for (ProjectedEvent event : events) {
            if (event.event() instanceof PaymentEvent payment) {
                add(batch, event, payment);
            }
        }
        writeRows(batch, writer);
        writeChanges(batch, writer);
        reportFacts(batch, writer);
    }

    private static void add(Batch batch, ProjectedEvent event, PaymentEvent payment) {
        String tenant = event.tenant().value();
        long position = event.position();
        Key key = new Key(event.tenant(), payment.payment());
        switch (payment) {
            case PaymentReceived r -> {
                batch.received.add(
                        tenant,
                        r.payment().value(),
                        r.customer().value(),
                        r.date(),
                        r.bankAccount().value(),
                        r.reference(),
                        r.amount().currency().code(),
                        r.amount().minorUnits(),
                        r.entry().value(),
                        position);
                batch.left.put(key, new Left(r.amount().minorUnits(), position));
            }
            case PaymentAllocated a -> {
                batch.allocated.add(
                        tenant,
                        position,
                        a.payment().value(),
                        a.invoice().value(),
                        a.amount().currency().code(),
                        a.amount().minorUnits());
                batch.left.put(key, new Left(a.unallocated().minorUnits(), position));
            }
            case PaymentReversed r -> {
                batch.reversed.add(
                        tenant,
                        r.payment().value(),
                        r.date(),
                        r.reason(),
                        r.reversal().value(),
                        position);
                batch.left.put(key, new Left(0, position));
            }
        }
    }

    private static void writeRows(Batch batch, ReadModelWriter writer) throws SQLException {
        writer.write("""
                insert into read_model.payment_read_model
                    (tenant, id, status, customer, date, bank_account, reference, currency, amount, unallocated, entry,
                     reason, received_at, position)
                select tenant, id, 'RECEIVED', customer, date, bank_account, reference, currency, amount, amount, entry,
                       '', position, position
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as r
                    (tenant, id, customer, date, bank_account, reference, currency, amount, entry, position)""", batch.received);
        writer.write("""
                insert into read_model.payment_allocation (tenant, position, payment, invoice, currency, amount, withdrawn)
                select tenant, position, payment, invoice, currency, amount, false
                from unnest(?, ?, ?, ?, ?, ?) as a (tenant, position, payment, invoice, currency, amount)""", batch.allocated);
    }

    private static void writeChanges(Batch batch, ReadModelWriter writer) throws SQLException {
        Columns left = Columns.of("text", "uuid", "bigint", "bigint");
        batch.left.forEach((key, value) ->
                left.add(key.tenant().value(), key.payment().value(), value.unallocated(), value.position()));
        writer.write("""
                update read_model.payment_read_model p
                set unallocated = l.unallocated, position = l.position
                from unnest(?, ?, ?, ?) as l (tenant, id, unallocated, position)
                where p.tenant = l.tenant and p.id = l.id""", left);
        // Reversing ends a payment's life, so whatever of the batch was allocated came before it.
        writer.write("""
                with r as (select * from unnest(?, ?, ?, ?, ?, ?)
                               as r (tenant, id, reversed_on, reason, reversal, position)),
                     withdrawn as (update read_model.payment_allocation a
                                   set withdrawn = true
                                   from r where a.tenant = r.tenant and a.payment = r.id)
                update read_model.payment_read_model p
                set status = 'REVERSED', reversed_on = r.reversed_on, reason = r.reason, reversal = r.reversal
                from r where p.tenant = r.tenant and p.id = r.id""", batch.reversed);
    }

    private record Credit(TenantId tenant, String id, String currency, BigDecimal minorUnits) {}

    private static void reportFacts(Batch batch, ReadModelWriter writer) throws SQLException {
        Columns keys = Columns.of("text", "uuid");
        batch.left
                .keySet()
                .forEach(key -> keys.add(key.tenant().value(), key.payment().value()));
        String sql = """
                select p.tenant, p.id, p.currency, p.unallocated
                from read_model.payment_read_model p join unnest(?, ?) as k (tenant, id) using (tenant, id)""";
        List<Credit> credits = writer.query(
                sql,
                keys,
                row -> new Credit(
                        TenantId.of(row.getString(1)), row.getString(2), row.getString(3), row.getBigDecimal(4)));
        credits.forEach(credit ->
                writer.fact(credit.tenant, "unallocated/" + credit.id + "/" + credit.currency, credit.minorUnits));
    }
}
