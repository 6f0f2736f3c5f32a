package dev.vextrus.finance.invoice;

import dev.vextrus.finance.command.Role;
import dev.vextrus.kernel.CurrencyCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Writes an invoice that can still be thrown away. */
public record DraftInvoice(
        CustomerId customer,
        LocalDate date,
        LocalDate dueDate,
        CurrencyCode currency,
        String reference,
        List<InvoiceLine> lines)
        implements InvoiceCommand {

    public DraftInvoice {
        lines = List.copyOf(lines);
    }

    @Override
    public Set<Role> allowedRoles() {
        return Role.BOOKKEEPERS;
    }
}
