package dev.vextrus.finance.invoice.read;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.invoice.InvoiceLine;
import dev.vextrus.finance.invoice.PricedLine;
import dev.vextrus.finance.invoice.Tax;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code invoice_line}. */
final class InvoiceLineRow {

    private InvoiceLineRow() {}

    static PricedLine read(ResultSet row) throws SQLException {
        CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
        return new PricedLine(
                new InvoiceLine(
                        row.getString("description"),
                        row.getBigDecimal("quantity"),
                        row.getBigDecimal("unit_price"),
                        row.getBigDecimal("discount_percent"),
                        tax(row),
                        AccountCode.of(row.getString("revenue_account"))),
                Money.ofMinor(currency, row.getLong("net")),
                Money.ofMinor(currency, row.getLong("tax")));
    }

    private static @Nullable Tax tax(ResultSet row) throws SQLException {
        @Nullable String code = row.getString("tax_code");
        if (code == null) {
            return null;
        }
        @Nullable String account = row.getString("tax_account");
        return new Tax(
                code,
                row.getBigDecimal("tax_percent"),
                row.getBoolean("tax_inclusive"),
                account == null ? null : AccountCode.of(account));
    }
}
