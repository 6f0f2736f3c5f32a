package dev.vextrus.finance.payment;

import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Fold;
import dev.vextrus.finance.command.Ref;
import java.util.List;

/** One payment. */
public final class PaymentFold implements Fold<Payment> {
    private static final PaymentFold FOLD = new PaymentFold();

    public static Ref<Payment> payment(PaymentId id) {
        return FOLD.of(id.toString());
    }

    @Override
    public String category() {
        return "payment";
    }

    @Override
    public String version() {
        return "payment-1";
    }

    @Override
    public Class<Payment> stateType() {
        return Payment.class;
    }

    @Override
    public Payment initial() {
        return new Payment(null, null, List.of(), false);
    }

    @Override
    public Payment evolve(Payment state, FinanceEvent event) {
        if (!(event instanceof PaymentEvent paymentEvent)) {
            throw new IllegalStateException("payment: " + event + " is none of its events");
        }
        return switch (paymentEvent) {
            case PaymentReceived received -> new Payment(received, received.amount(), List.of(), false);
            case PaymentAllocated allocated -> allocate(state, allocated);
            case PaymentReversed _ -> new Payment(state.receipt(), state.left(), state.allocated(), true);
        };
    }

    private static Payment allocate(Payment state, PaymentAllocated allocated) {
        if (state.reversed() || allocated.unallocated().isNegative()) {
            throw new IllegalStateException("payment: " + allocated + " cannot follow " + state);
        }
        return state.allocate(allocated.invoice(), allocated.amount(), allocated.unallocated());
    }
}
