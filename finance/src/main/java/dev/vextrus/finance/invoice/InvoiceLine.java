package dev.vextrus.finance.invoice;

import dev.vextrus.finance.account.AccountCode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is charged for.
 *
 * @param unitPrice in the invoice's currency, up to 6 decimals; negative for a deduction
 * @param discountPercent 0 to 100
 * @param tax null: none
 */
public record InvoiceLine(
        String description,
        BigDecimal quantity,
        BigDecimal unitPrice,
        BigDecimal discountPercent,
        @Nullable Tax tax,
        AccountCode revenueAccount) {}
