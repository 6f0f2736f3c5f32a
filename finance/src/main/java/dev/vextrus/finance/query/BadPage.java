package dev.vextrus.finance.query;

/** A page that cannot be asked for; the caller's mistake. The message names the argument and the remedy. */
public final class BadPage extends RuntimeException {
    public BadPage(String message) {
        super(message);
    }
}
