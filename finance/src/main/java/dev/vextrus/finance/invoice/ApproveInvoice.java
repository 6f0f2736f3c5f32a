package dev.vextrus.finance.invoice;

import dev.vextrus.finance.command.Role;
import java.util.Set;

/** Makes a draft binding: it gets its number and is posted. */
public record ApproveInvoice(InvoiceId invoice) implements InvoiceCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.APPROVERS;
    }
}
