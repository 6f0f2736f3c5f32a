package dev.vextrus.finance.payment;

import dev.vextrus.finance.command.Role;
import java.time.LocalDate;
import java.util.Set;

/** Takes a payment back that bounced: its entry is reversed on {@code date} and its invoices are owed again. */
public record ReversePayment(PaymentId payment, LocalDate date, String reason) implements PaymentCommand {

    @Override
    public Set<Role> allowedRoles() {
        return Role.BOOKKEEPERS;
    }
}
