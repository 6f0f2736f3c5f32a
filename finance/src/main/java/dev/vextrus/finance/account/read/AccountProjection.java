package dev.vextrus.finance.account.read;

import dev.vextrus.finance.account.AccountDeactivated;
import dev.vextrus.finance.account.AccountEvent;
import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.projection.Columns;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import java.sql.SQLException;
import java.util.List;

/** Writes {@code account_read_model}. */
public final class AccountProjection implements Projection {

    @Override
    public String name() {
        return "account";
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        Columns opened = Columns.of("text", "text", "text", "text", "text", "text", "bool", "bigint");
        Columns closed = Columns.of("text", "text", "bigint");
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
                    case AccountDeactivated d -> closed.add(tenant, d.account().value(), event.position());
                }
            }
        }
        writer.write("insert into read_model.account_read_model select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)", opened);
        // An account is taken out of use for good, so it does not matter that all of a batch are opened first.
        writer.write("""
                update read_model.account_read_model a
                set active = false, position = c.position
                from unnest(?, ?, ?) as c (tenant, code, position)
                where a.tenant = c.tenant and a.code = c.code""", closed);
    }
}
