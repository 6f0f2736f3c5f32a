package dev.vextrus.finance.database;

/** The database is not there or not fit for books; the message says what to do, on one line. */
public final class CannotStart extends RuntimeException {

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
