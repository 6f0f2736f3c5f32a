package dev.vextrus.finance.invoice;

import dev.vextrus.finance.command.Role;
import java.time.LocalDate;
import java.util.Set;

/** Throws a draft away, or takes an approved and unpaid invoice back by a reversal dated {@code date}. */
public record VoidInvoice(InvoiceId invoice, LocalDate date, String reason) implements InvoiceCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.APPROVERS;
    }
}
