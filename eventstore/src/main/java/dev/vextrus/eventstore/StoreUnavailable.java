package dev.vextrus.eventstore;

/** The store could not be reached or did not answer in time; nothing is known of what was under way. Try again later. */
public final class StoreUnavailable extends RuntimeException {

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
