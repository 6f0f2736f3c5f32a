package dev.vextrus.finance.account.read;

import dev.vextrus.finance.account.AccountDeactivated;
import dev.vextrus.finance.account.AccountEvent;
import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.AccountReactivated;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code account_read_model}. */
public final class AccountProjection implements Projection {

    @Override
    public String name() {
        return "account";
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        Columns opened = Columns.of("text", "text", "text", "text", "text", "text", "bool", "bigint");
        Map<List<String>, Use> uses = new LinkedHashMap<>();
        for (ProjectedEvent event : events) {
            if (event.event() instanceof AccountEvent account) {
                String tenant = event.tenant().value();
                switch (account) {
                    case AccountOpened o ->
                        opened.add(
                                tenant,
                                o.account().value(),
                                o.name(),
                                o.type().name(),
                                o.parent() == null ? null : o.parent().value(),
                                o.currency() == null ? null : o.currency().code(),
                                true,
                                event.position());
                    case AccountDeactivated d ->
                        uses.put(List.of(tenant, d.account().value()), new Use(false, event.position()));
                    case AccountReactivated r ->
                        uses.put(List.of(tenant, r.account().value()), new Use(true, event.position()));
                }
            }
        }
        writer.write("insert into read_model.account_read_model select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)", opened);
        // An account is opened once and before all else, so it does not matter that all of a batch are opened first; of
        // what follows, the last counts.
        Columns used = Columns.of("text", "text", "bool", "bigint");
        uses.forEach((account, use) -> used.add(account.getFirst(), account.getLast(), use.active, use.position));
        writer.write("""
                update read_model.account_read_model a
                set active = c.active, position = c.position
                from unnest(?, ?, ?, ?) as c (tenant, code, active, position)
                where a.tenant = c.tenant and a.code = c.code""", used);
    }

    private record Use(boolean active, long position) {}
}
