package dev.vextrus.rollout.filejournal;

/** The journal does not fit its own hashes: somebody changed it, or the disk did. */
public final class JournalTampered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalTampered(String message) {
        super(message);
    }
}
