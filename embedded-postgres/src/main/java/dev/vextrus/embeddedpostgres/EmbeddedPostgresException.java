package dev.vextrus.embeddedpostgres;

/** PostgreSQL could not be unpacked, made, started or reached; the message says what to do. */
public final class EmbeddedPostgresException extends RuntimeException {

    public EmbeddedPostgresException(String message) {
        super(message);
    }

    public EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
