package dev.vextrus.finance.invoice;

import dev.vextrus.kernel.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * The invoice exists as a draft, priced.
 *
 * @param author who drafted it
 * @param total what the customer is to pay: the lines' net and tax
 */
public record InvoiceDrafted(
        InvoiceId invoice,
        CustomerId customer,
        LocalDate date,
        LocalDate dueDate,
        String reference,
        String author,
        List<PricedLine> lines,
        Money net,
        Money tax,
        Money total)
        implements InvoiceEvent {

    public InvoiceDrafted {
        lines = List.copyOf(lines);
    }
}
