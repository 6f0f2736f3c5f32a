package dev.vextrus.finance.invoice;

import java.util.UUID;

/** An invoice's id; its number comes with its approval. */
public record InvoiceId(UUID value) {

    /** @throws IllegalArgumentException if {@code text} is not a UUID */
    public static InvoiceId of(String text) {
        return new InvoiceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
