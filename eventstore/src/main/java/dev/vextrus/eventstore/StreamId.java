package dev.vextrus.eventstore;

/** Names one stream within a tenant, such as {@code invoice/5f0c…}: 1 to 255 characters, no control characters. */
public record StreamId(String value) implements Comparable<StreamId> {

    public StreamId {
        if (value.isBlank() || value.length() > 255 || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("stream: must have 1 to 255 characters and no control characters");
        }
    }

    /** {@code category/id}. */
    public static StreamId of(String category, String id) {
        return new StreamId(category + "/" + id);
    }

    @Override
    public int compareTo(StreamId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
