package dev.vextrus.eventstore;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to be appended.
 *
 * @param id unique over all tenants, which is the minter's duty: the store does not look for repeats
 * @param type the event's name, such as {@code InvoiceApproved}
 * @param schemaVersion of the payload, 1 or more
 * @param payload the bytes to store
 * @param series if given, the append draws the next number of this tenant's gapless series and stores it with the event
 *     ({@link RecordedEvent#number()}); it is drawn only when every check has passed
 */
public record NewEvent(
        UUID id,
        String type,
        int schemaVersion,
        Payload payload,
        @Nullable String series) {

    public NewEvent {
        if (type.isBlank() || type.length() > 255 || schemaVersion < 1) {
            throw new IllegalArgumentException(
                    "event: needs a type of 1 to 255 characters and a schema version of 1 or more");
        }
        if (series != null && (series.isBlank() || series.length() > 255)) {
            throw new IllegalArgumentException("event: a series must have 1 to 255 characters");
        }
    }
}
