package dev.vextrus.finance.codec;

import org.jspecify.annotations.Nullable;

/** A stored event that this release cannot read: its type or version is unknown here, or its bytes are not of it. */
public final class UnreadableEvent extends RuntimeException {
    private final EventVersion version;

    public UnreadableEvent(EventVersion version, String message, @Nullable Throwable cause) {
        super(version + ": " + message, cause);
        this.version = version;
    }

    public EventVersion version() {
        return version;
    }
}
