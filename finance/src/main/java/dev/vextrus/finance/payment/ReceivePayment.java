package dev.vextrus.finance.payment;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.kernel.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Books money that a customer paid.
 *
 * @param bankAccount an asset account
 * @param allocations at most one for each invoice; what they leave over stays the customer's credit
 */
public record ReceivePayment(
        CustomerId customer,
        LocalDate date,
        Money amount,
        AccountCode bankAccount,
        String reference,
        List<Allocation> allocations)
        implements PaymentCommand {

    public ReceivePayment {
        allocations = List.copyOf(allocations);
    }

    @Override
    public Set<Role> allowedRoles() {
        return Role.BOOKKEEPERS;
    }
}
