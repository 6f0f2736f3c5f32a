package dev.vextrus.finance.period.read;

import dev.vextrus.finance.query.Keyset;
import dev.vextrus.finance.query.Page;
import dev.vextrus.finance.query.PageRequest;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for accounting periods. */
public final class PeriodQueries {
    private static final Keyset BY_MONTH = Keyset.ascending("month", new Keyset.Column("period", Keyset.Kind.TEXT));
    private static final String SELECT =
            "select period, status, reason from read_model.period_read_model where tenant = :tenant";

    private final TenantReader reader;

    public PeriodQueries(TenantReader reader) {
        this.reader = reader;
    }

    /** Empty where the period was never opened. */
    public Optional<PeriodView> find(TenantId tenant, YearMonth period) {
        return reader.read(
                tenant,
                statements -> statements
                        .sql(SELECT + " and period = :period")
                        .param("period", period.toString())
                        .query((row, number) -> view(row))
                        .optional());
    }

    /** In the order of the calendar. */
    public Page<PeriodView> page(TenantId tenant, @Nullable PeriodStatus status, PageRequest page) {
        String sql = SELECT + (status == null ? "" : " and status = :status") + BY_MONTH.tail(page);
        return reader.read(tenant, statements -> {
            var statement =
                    BY_MONTH.bind(statements.sql(sql), page).param("status", status == null ? null : status.name());
            return BY_MONTH.page(
                    statement
                            .query((row, number) -> BY_MONTH.entry(row, view(row)))
                            .list(),
                    page);
        });
    }

    private static PeriodView view(ResultSet row) throws SQLException {
        return new PeriodView(
                YearMonth.parse(row.getString("period")),
                PeriodStatus.valueOf(row.getString("status")),
                row.getString("reason"));
    }
}
