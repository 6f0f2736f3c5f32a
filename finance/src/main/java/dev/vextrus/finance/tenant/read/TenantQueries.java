package dev.vextrus.finance.tenant.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.PostingAccounts;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Month;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for the tenant's settings. */
public final class TenantQueries {
    private final TenantReader reader;

    public TenantQueries(TenantReader reader) {
        this.reader = reader;
    }

    /** Empty where the tenant has no books yet. */
    public Optional<TenantView> find(TenantId tenant) {
        return reader.read(
                tenant,
                statements -> statements
                        .sql("select * from read_model.tenant_read_model where tenant = :tenant")
                        .query((row, number) -> new TenantView(
                                tenant,
                                row.getString("name"),
                                CurrencyCode.of(row.getString("base_currency")),
                                Month.of(row.getInt("fiscal_year_start")),
                                ZoneId.of(row.getString("zone")),
                                postingAccounts(row)))
                        .optional());
    }

    private static @Nullable PostingAccounts postingAccounts(ResultSet row) throws SQLException {
        if (row.getString("receivable") == null) {
            return null;
        }
        return new PostingAccounts(
                AccountCode.of(row.getString("receivable")),
                AccountCode.of(row.getString("output_tax")),
                AccountCode.of(row.getString("retained_earnings")),
                AccountCode.of(row.getString("currency_trading")));
    }
}
