package dev.vextrus.finance.http;

import jakarta.servlet.ServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is learned of a request on its way; carried as an attribute of it. */
public final class RequestNotes {
    public static final String ATTRIBUTE = "vextrus.notes";

    private final UUID correlationId;
    private final long startNanos;
    private volatile @Nullable String operation;

    RequestNotes(UUID correlationId, long startNanos) {
        this.correlationId = correlationId;
        this.startNanos = startNanos;
    }

    static @Nullable RequestNotes find(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestNotes notes ? notes : null;
    }

    /** What joins all that the request causes. */
    public UUID correlationId() {
        return correlationId;
    }

    long startNanos() {
        return startNanos;
    }

    @Nullable
    String operation() {
        return operation;
    }

    /** The operation's name, for the metrics. */
    public void operation(String name) {
        operation = name;
    }
}
