package dev.vextrus.finance.payment;

import java.util.UUID;

/** A payment's id. */
public record PaymentId(UUID value) {

    /** @throws IllegalArgumentException if {@code text} is not a UUID */
    public static PaymentId of(String text) {
        return new PaymentId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
