package dev.vextrus.finance.payment;

import dev.vextrus.finance.command.Role;
import java.util.List;
import java.util.Set;

/** Uses a customer's credit that a payment left for invoices. */
public record AllocatePayment(PaymentId payment, List<Allocation> allocations) implements PaymentCommand {

    public AllocatePayment {
        allocations = List.copyOf(allocations);
    }

    @Override
    public Set<Role> allowedRoles() {
        return Role.BOOKKEEPERS;
    }
}
