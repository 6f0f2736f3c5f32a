package dev.vextrus.finance.account.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.query.Keyset;
import dev.vextrus.finance.query.Page;
import dev.vextrus.finance.query.PageRequest;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for accounts. */
public final class AccountQueries {
    private static final Keyset BY_CODE = Keyset.ascending("code", new Keyset.Column("code", Keyset.Kind.TEXT));
    private static final String SELECT =
            "select code, name, type, parent, currency, active from read_model.account_read_model where tenant = :tenant";

    private final TenantReader reader;

    public AccountQueries(TenantReader reader) {
        this.reader = reader;
    }

    public Optional<AccountView> find(TenantId tenant, AccountCode code) {
        return Optional.ofNullable(find(tenant, List.of(code)).get(code));
    }

    /** Those that there are. */
    public Map<AccountCode, AccountView> find(TenantId tenant, Collection<AccountCode> codes) {
        String[] wanted = codes.stream().map(AccountCode::value).toArray(String[]::new);
        Map<AccountCode, AccountView> found = new LinkedHashMap<>();
        reader.read(
                        tenant,
                        statements -> statements
                                .sql(SELECT + " and code = any (:codes)")
                                .param("codes", wanted)
                                .query((row, number) -> view(row))
                                .list())
                .forEach(account -> found.put(account.code(), account));
        return found;
    }

    /** In the order of their codes. */
    public Page<AccountView> page(TenantId tenant, AccountFilter filter, PageRequest page) {
        String sql = SELECT
                + (filter.type() == null ? "" : " and type = :type")
                + (filter.active() == null ? "" : " and active = :active")
                + (filter.parent() == null ? "" : " and parent = :parent")
                + BY_CODE.tail(page);
        return reader.read(tenant, statements -> {
            var statement = BY_CODE.bind(statements.sql(sql), page)
                    .param("type", filter.type() == null ? null : filter.type().name())
                    .param("active", filter.active())
                    .param(
                            "parent",
                            filter.parent() == null ? null : filter.parent().value());
            return BY_CODE.page(
                    statement
                            .query((row, number) -> BY_CODE.entry(row, view(row)))
                            .list(),
                    page);
        });
    }

    private static AccountView view(ResultSet row) throws SQLException {
        @Nullable String parent = row.getString("parent");
        @Nullable String currency = row.getString("currency");
        return new AccountView(
                AccountCode.of(row.getString("code")),
                row.getString("name"),
                AccountType.valueOf(row.getString("type")),
                parent == null ? null : AccountCode.of(parent),
                currency == null ? null : CurrencyCode.of(currency),
                row.getBoolean("active"));
    }
}
