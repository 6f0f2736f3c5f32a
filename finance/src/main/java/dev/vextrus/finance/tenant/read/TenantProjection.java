package dev.vextrus.finance.tenant.read;

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
        Columns rows = Columns.of("text", "text", "text", "int", "text", "text", "text", "text", "text", "bigint");
        for (ProjectedEvent event : events) {
            if (event.event() instanceof TenantCreated created) {
                rows.add(
                        event.tenant().value(),
                        created.name(),
                        created.baseCurrency().code(),
                        created.fiscalYearStart().getValue(),
                        created.zone().getId(),
                        created.postingAccounts().receivable().value(),
                        created.postingAccounts().outputTax().value(),
                        created.postingAccounts().retainedEarnings().value(),
                        created.postingAccounts().currencyTrading().value(),
                        event.position());
            }
        }
        writer.write(
                "insert into read_model.tenant_read_model select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows);
    }
}
