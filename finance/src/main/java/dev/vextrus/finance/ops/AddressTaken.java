package dev.vextrus.finance.ops;

/** The management address cannot be listened on; the message names the variables and the remedy. */
public final class AddressTaken extends RuntimeException {

    AddressTaken(String message, Throwable cause) {
        super(message, cause);
    }
}
