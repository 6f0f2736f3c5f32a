package dev.vextrus.finance.payment;

import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment as decisions see it.
 *
 * @param received null until it is
 * @param unallocated what is left of it; null until it is received
 * @param allocated what was allocated, each invoice once, in the order it was first allocated to
 */
public record Payment(
        @Nullable PaymentReceived received, @Nullable Money unallocated, List<Allocation> allocated, boolean reversed) {

    public Payment {
        allocated = List.copyOf(allocated);
    }

    /** @throws IllegalStateException if it does not exist, which a decider must have refused before */
    public PaymentReceived receipt() {
        if (received == null) {
            throw new IllegalStateException("payment: asked for before it was received");
        }
        return received;
    }

    /** @throws IllegalStateException if it does not exist, which a decider must have refused before */
    public Money left() {
        if (unallocated == null) {
            throw new IllegalStateException("payment: asked for what is left before it was received");
        }
        return unallocated;
    }

    /** Why nothing more can be done with it, or null. */
    @Nullable
    Refusal refuseIfGone(PaymentId id) {
        if (received == null) {
            return new Refusal(Rule.PAYMENT_UNKNOWN, "there is no payment " + id, "payment", "correct the id");
        }
        return reversed
                ? new Refusal(Rule.PAYMENT_REVERSED, "payment " + id + " was taken back", "payment", "book a new one")
                : null;
    }

    Payment allocate(InvoiceId invoice, Money amount, Money left) {
        List<Allocation> all = new ArrayList<>(allocated);
        int place = -1;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).invoice().equals(invoice)) {
                place = i;
            }
        }
        if (place < 0) {
            all.add(new Allocation(invoice, amount));
        } else {
            all.set(place, new Allocation(invoice, all.get(place).amount().plus(amount)));
        }
        return new Payment(received, left, all, reversed);
    }
}
