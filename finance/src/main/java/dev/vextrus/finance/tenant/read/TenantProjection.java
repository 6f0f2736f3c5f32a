package dev.vextrus.finance.tenant.read;

import dev.vextrus.finance.account.ChartStarted;
import dev.vextrus.finance.account.PostingAccounts;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import dev.vextrus.finance.tenant.TenantCreated;
import java.sql.SQLException;
import java.util.List;

/** Writes {@code tenant_read_model}. */
public final class TenantProjection implements Projection {

    @Override
    public String name() {
        return "tenant";
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        Columns created = Columns.of("text", "text", "text", "int", "text", "bigint");
        Columns charts = Columns.of("text", "text", "text", "text", "text", "bigint");
        for (ProjectedEvent event : events) {
            if (event.event() instanceof TenantCreated tenant) {
                created.add(
                        event.tenant().value(),
                        tenant.name(),
                        tenant.baseCurrency().code(),
                        tenant.fiscalYearStart().getValue(),
                        tenant.zone().getId(),
                        event.position());
            } else if (event.event() instanceof ChartStarted(PostingAccounts accounts)) {
                charts.add(
                        event.tenant().value(),
                        accounts.receivable().value(),
                        accounts.outputTax().value(),
                        accounts.retainedEarnings().value(),
                        accounts.currencyTrading().value(),
                        event.position());
            }
        }
        writer.write("""
                insert into read_model.tenant_read_model
                    (tenant, name, base_currency, fiscal_year_start, zone, position)
                select * from unnest(?, ?, ?, ?, ?, ?)""", created);
        // The chart starts in the same append as the tenant, but a batch may end between the two.
        writer.write("""
                update read_model.tenant_read_model t
                set receivable = c.receivable, output_tax = c.output_tax, retained_earnings = c.retained_earnings,
                    currency_trading = c.currency_trading, position = c.position
                from unnest(?, ?, ?, ?, ?, ?)
                    as c (tenant, receivable, output_tax, retained_earnings, currency_trading, position)
                where t.tenant = c.tenant""", charts);
    }
}
