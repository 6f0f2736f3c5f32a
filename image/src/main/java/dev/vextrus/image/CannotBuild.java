package dev.vextrus.image;

/** An image cannot be made; the message says what is wrong and {@link #remedy()} what helps. */
public final class CannotBuild extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    CannotBuild(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    CannotBuild(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
