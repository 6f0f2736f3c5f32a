package dev.vextrus.finance.payment.read;

import dev.vextrus.finance.invoice.CustomerId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which payments; null: whatever it is.
 *
 * @param from first date
 * @param to last date
 * @param withCredit whether something is left of it
 */
public record PaymentFilter(
        @Nullable PaymentStatus status,
        @Nullable CustomerId customer,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable Boolean withCredit) {
    public static final PaymentFilter ALL = new PaymentFilter(null, null, null, null, null);
}
