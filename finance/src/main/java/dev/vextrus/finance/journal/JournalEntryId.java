package dev.vextrus.finance.journal;

import java.util.UUID;

/** A journal entry's id. */
public record JournalEntryId(UUID value) {

    /** @throws IllegalArgumentException if {@code text} is not a UUID */
    public static JournalEntryId of(String text) {
        return new JournalEntryId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
