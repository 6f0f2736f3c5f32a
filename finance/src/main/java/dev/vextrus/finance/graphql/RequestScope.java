package dev.vextrus.finance.graphql;

import dev.vextrus.finance.http.Outcome;
import dev.vextrus.finance.http.RequestNotes;
import dev.vextrus.finance.security.Caller;
import dev.vextrus.kernel.TenantId;
import graphql.GraphQLContext;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What belongs to one request: who asks, what joins its effects, and how it went so far. */
public final class RequestScope {
    private final Caller caller;
    private final RequestNotes notes;
    private final @Nullable String idempotencyKey;
    private final Queue<Denied> denied = new ConcurrentLinkedQueue<>();
    private volatile Outcome outcome = Outcome.OK;

    /** A mutation, by its field in the schema and not by what its sender calls it, and why it was denied. */
    record Denied(String mutation, RefusalView refusal) {}

    RequestScope(Caller caller, RequestNotes notes, @Nullable String idempotencyKey) {
        this.caller = caller;
        this.notes = notes;
        this.idempotencyKey = idempotencyKey;
    }

    /** The scope of the request that is being answered. */
    public static RequestScope of(GraphQLContext context) {
        return context.get(RequestScope.class);
    }

    public Caller caller() {
        return caller;
    }

    /** The caller's tenant: there is no other way to name one. */
    public TenantId tenant() {
        return caller.tenant();
    }

    public UUID correlationId() {
        return notes.correlationId();
    }

    /** The header's key, which serves the mutations that name none themselves. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    void operation(String name) {
        notes.operation(name);
    }

    /** Refusals of what the caller has no right to. */
    Queue<Denied> denied() {
        return denied;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Of several mutations in a request the worst outcome is told. */
    RefusalView refused(String mutation, RefusalView refusal) {
        if (refusal.isDenial()) {
            denied.add(new Denied(mutation, refusal));
        }
        outcome = refusal.outcome().compareTo(outcome) > 0 ? refusal.outcome() : outcome;
        return refusal;
    }
}
