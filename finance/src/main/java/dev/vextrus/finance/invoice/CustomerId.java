package dev.vextrus.finance.invoice;

/** A customer, as master data names it: 1 to 100 characters without control characters or outer blanks. */
public record CustomerId(String value) {

    /** @throws IllegalArgumentException if {@code value} has another form */
    public CustomerId {
        if (value.isEmpty()
                || value.length() > 100
                || value.strip().length() != value.length()
                || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "customer: must have 1 to 100 characters without control characters or outer blanks");
        }
    }

    public static CustomerId of(String value) {
        return new CustomerId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
