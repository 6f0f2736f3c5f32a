package dev.vextrus.rollout.port;

/** Tells people. Delivery is attempted, never waited for: a notifier that fails logs and returns. */
public interface Notifier {

    /** How loud. */
    enum Level {
        INFO,
        WARNING,
        /** Somebody should get up. */
        PAGE
    }

    void tell(Level level, String message);
}
