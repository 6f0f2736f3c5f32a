package dev.vextrus.rollout.port;

/** Another controller writes this journal; this one must stop at once. */
public final class JournalFenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalFenced(String message) {
        super(message);
    }
}
