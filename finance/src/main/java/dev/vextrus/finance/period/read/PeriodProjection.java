package dev.vextrus.finance.period.read;

import dev.vextrus.finance.period.PeriodClosed;
import dev.vextrus.finance.period.PeriodEvent;
import dev.vextrus.finance.period.PeriodOpened;
import dev.vextrus.finance.period.PeriodReopened;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import dev.vextrus.kernel.TenantId;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code period_read_model}: of each period, what happened to it last. */
public final class PeriodProjection implements Projection {

    private record Key(TenantId tenant, YearMonth period) {}

    private record Row(PeriodStatus status, String reason, long position) {}

    @Override
    public String name() {
        return "period";
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        Map<Key, Row> last = new LinkedHashMap<>();
        for (ProjectedEvent event : events) {
            if (event.event() instanceof PeriodEvent period) {
                Row row = switch (period) {
                    case PeriodOpened opened -> new Row(PeriodStatus.OPEN, "", event.position());
                    case PeriodClosed closed -> new Row(PeriodStatus.CLOSED, "", event.position());
                    case PeriodReopened reopened -> new Row(PeriodStatus.OPEN, reopened.reason(), event.position());
                };
                last.put(new Key(event.tenant(), period.period()), row);
            }
        }
        Columns rows = Columns.of("text", "text", "text", "text", "bigint");
        last.forEach((key, row) -> rows.add(
                key.tenant().value(), key.period().toString(), row.status().name(), row.reason(), row.position()));
        writer.write("""
                insert into read_model.period_read_model
                select * from unnest(?, ?, ?, ?, ?)
                on conflict (tenant, period) do update
                set status = excluded.status, reason = excluded.reason, position = excluded.position""", rows);
    }
}
