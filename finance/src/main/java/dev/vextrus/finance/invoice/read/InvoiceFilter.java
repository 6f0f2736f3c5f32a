package dev.vextrus.finance.invoice.read;

import dev.vextrus.finance.invoice.CustomerId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which invoices; null: whatever it is.
 *
 * @param from first invoice date
 * @param to last invoice date
 * @param dueBefore due before this day
 */
public record InvoiceFilter(
        @Nullable InvoiceStatus status,
        @Nullable CustomerId customer,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable LocalDate dueBefore,
        @Nullable Long number) {
    public static final InvoiceFilter ALL = new InvoiceFilter(null, null, null, null, null, null);
}
