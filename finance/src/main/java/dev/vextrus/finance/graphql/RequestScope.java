package dev.vextrus.finance.graphql;

import dev.vextrus.finance.security.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What belongs to one request: who asks, what joins its effects, and how it went so far. */
public final class RequestScope {
    private final Caller caller;
    private final UUID correlationId;
    private final @Nullable String idempotencyKey;
    private volatile String operation = "other";
    private volatile boolean refused;

    RequestScope(Caller caller, UUID correlationId, @Nullable String idempotencyKey) {
        this.caller = caller;
        this.correlationId = correlationId;
        this.idempotencyKey = idempotencyKey;
    }

    public Caller caller() {
        return caller;
    }

    public UUID correlationId() {
        return correlationId;
    }

    /** The header's key, which serves the mutations that name none themselves. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    String operation() {
        return operation;
    }

    void operation(String name) {
        operation = name;
    }

    boolean isRefused() {
        return refused;
    }

    void refused() {
        refused = true;
    }
}
