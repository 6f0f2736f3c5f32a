package dev.vextrus.kernel;

import java.util.Objects;
import java.util.regex.Pattern;

/** A tenant: 1 to 63 lower-case letters, digits and inner hyphens (a DNS label, RFC 1123). */
public record TenantId(String value) implements Comparable<TenantId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** @throws IllegalArgumentException if {@code value} has another form */
    public TenantId {
        Objects.requireNonNull(value, "value");
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("tenant: '" + value
                    + "' is not 1 to 63 lower-case letters, digits and inner hyphens; write one such as acme-2");
        }
    }

    public static TenantId of(String value) {
        return new TenantId(value);
    }

    public static boolean isWellFormed(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
