package dev.vextrus.finance.database;

/** What the service needs, its database above all, is not there or not fit for books; the message says what to do, on one line. */
public final class CannotStart extends RuntimeException {

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
