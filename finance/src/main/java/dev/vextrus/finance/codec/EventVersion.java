package dev.vextrus.finance.codec;

import java.util.Comparator;

/** An event type at a schema version; shown as {@code InvoiceApproved@1}. */
public record EventVersion(String type, int version) implements Comparable<EventVersion> {
    private static final Comparator<EventVersion> ORDER =
            Comparator.comparing(EventVersion::type).thenComparingInt(EventVersion::version);

    @Override
    public int compareTo(EventVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type + "@" + version;
    }
}
