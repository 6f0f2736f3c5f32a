package dev.vextrus.finance.graphql;

import dev.vextrus.finance.http.Outcome;
import graphql.ErrorClassification;

/** The stable codes of GraphQL errors, as {@code extensions.code}; refusals are not errors but members of the payload. */
public enum ErrorCode implements ErrorClassification {
    QUERY_SYNTAX(Outcome.CLIENT, "Check the query's syntax at the place shown."),
    QUERY_INVALID(Outcome.CLIENT, "Compare the query with the schema."),
    QUERY_TOO_DEEP(Outcome.CLIENT, "Ask for less nesting, or in several requests."),
    QUERY_TOO_COMPLEX(Outcome.CLIENT, "Ask for fewer fields or smaller pages."),
    INTROSPECTION_OFF(Outcome.CLIENT, "Take the schema from the release's documents."),
    INPUT_INVALID(Outcome.CLIENT, "Correct the field that the message names."),
    TENANT_UNKNOWN(Outcome.CLIENT, "Check the token's tenant, or start its books with createTenant."),
    FORBIDDEN(Outcome.CLIENT, "Use a token with one of the roles that the message names."),
    IDEMPOTENCY_KEY_MISSING(Outcome.CLIENT, "Send input.idempotencyKey or the header Idempotency-Key."),
    NOT_YET_VISIBLE(Outcome.FAULT, "It is done and durable; ask again for it after a moment."),
    UNAVAILABLE(Outcome.FAULT, "Try again after a moment with the same idempotency key."),
    INTERNAL(Outcome.FAULT, "Try again; report the X-Correlation-Id if it stays.");

    private final Outcome outcome;
    private final String remedy;

    ErrorCode(Outcome outcome, String remedy) {
        this.outcome = outcome;
        this.remedy = remedy;
    }

    public Outcome outcome() {
        return outcome;
    }

    public String remedy() {
        return remedy;
    }
}
